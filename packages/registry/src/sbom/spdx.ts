import { type Json, objects, text } from '../domain/json.ts'
import type { Package } from '../domain/sbom.ts'

/** The versions of SPDX that are read. */
export const spdxVersions: readonly string[] = ['2.2', '2.3']

const documentId = 'SPDXRef-DOCUMENT'

/**
 * The packages of an SPDX document, but for those that the document says it describes: they are the image itself.
 * https://spdx.github.io/spdx-spec/v2.3/
 */
export function spdxPackages(document: Json): Package[] {
  const described = describedBy(document)
  return objects(document['packages']).flatMap((one) => {
    const name = text(one['name'])
    if (name === '' || described.has(text(one['SPDXID']))) return []
    return [{ name, version: text(one['versionInfo']), purl: purlOf(one) }]
  })
}

function describedBy(document: Json): ReadonlySet<string> {
  const list = Array.isArray(document['documentDescribes']) ? document['documentDescribes'].map(text) : []
  const related = objects(document['relationships']).flatMap((one) => {
    const [from, to] = [text(one['spdxElementId']), text(one['relatedSpdxElement'])]
    if (one['relationshipType'] === 'DESCRIBES' && from === documentId) return [to]
    return one['relationshipType'] === 'DESCRIBED_BY' && to === documentId ? [from] : []
  })
  return new Set([...list, ...related])
}

function purlOf(one: Json): string {
  const reference = objects(one['externalRefs']).find(({ referenceType }) => referenceType === 'purl')
  return text(reference?.['referenceLocator'])
}
