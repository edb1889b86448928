import { type Json, objects, text } from '../domain/json.ts'
import type { Package } from '../domain/sbom.ts'

/** The versions of CycloneDX that are read. */
export const cyclonedxVersions: readonly string[] = ['1.4', '1.5', '1.6', '1.7']

/**
 * The components of a CycloneDX document with those inside of them; files are no packages, and what the document as a whole is
 * about is left out. A component of a group, as Maven has them, is named `group/name`. https://cyclonedx.org/docs/1.7/json/
 */
export function cyclonedxPackages(document: Json): Package[] {
  const packages: Package[] = []
  const waiting = [...objects(document['components'])].reverse()
  for (let component = waiting.pop(); component; component = waiting.pop()) {
    waiting.push(...[...objects(component['components'])].reverse())
    const [name, group] = [text(component['name']), text(component['group'])]
    if (name === '' || component['type'] === 'file') continue
    packages.push({
      name: group === '' ? name : `${group}/${name}`,
      version: text(component['version']),
      purl: text(component['purl']),
    })
  }
  return packages
}
