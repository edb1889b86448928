import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSbom } from './parse-sbom.ts'

const names = (document: unknown, format: 'cyclonedx' | 'spdx') => {
  const content = parseSbom(JSON.stringify(document), format)
  return 'code' in content
    ? content.code
    : content.packages.map((one) => `${one.name}@${one.version} ${one.purl}`)
}

test('CycloneDX components are flattened, each once, without files', () => {
  const bash = { type: 'library', name: 'bash', version: '5.2', purl: 'pkg:deb/debian/bash@5.2' }
  const document = {
    ...{ bomFormat: 'CycloneDX', specVersion: '1.4', metadata: { component: { name: 'image' } } },
    components: [
      { ...bash, components: [{ type: 'library', group: 'org.acme', name: 'inner' }] },
      { type: 'file', name: '/etc/passwd' },
      bash,
      { type: 'library' },
      'nonsense',
    ],
  }
  expect(names(document, 'cyclonedx')).toEqual(['bash@5.2 pkg:deb/debian/bash@5.2', 'org.acme/inner@ '])
})

test('SPDX packages come with their package URLs, without the image itself', () => {
  const purl = {
    referenceCategory: 'PACKAGE-MANAGER',
    referenceType: 'purl',
    referenceLocator: 'pkg:npm/a@1',
  }
  const document = {
    spdxVersion: 'SPDX-2.3',
    packages: [
      { SPDXID: 'SPDXRef-image', name: 'image' },
      {
        SPDXID: 'SPDXRef-a',
        name: 'a',
        versionInfo: '1',
        externalRefs: [{ referenceType: 'cpe23Type' }, purl],
      },
      { SPDXID: 'SPDXRef-b', name: 'b' },
    ],
    relationships: [
      {
        spdxElementId: 'SPDXRef-DOCUMENT',
        relationshipType: 'DESCRIBES',
        relatedSpdxElement: 'SPDXRef-image',
      },
    ],
  }
  expect(names(document, 'spdx')).toEqual(['a@1 pkg:npm/a@1', 'b@ '])
  expect(names({ ...document, relationships: null, documentDescribes: ['SPDXRef-b'] }, 'spdx')).toHaveLength(
    2,
  )
})

test.each(['1.4', '1.5', '1.6', '1.7'])('CycloneDX %s is read', (specVersion) => {
  const document = { bomFormat: 'CycloneDX', specVersion, components: [{ type: 'library', name: 'a' }] }
  expect(names(document, 'cyclonedx')).toEqual(['a@ '])
})

test.each(['SPDX-2.2', 'SPDX-2.3'])('%s is read', (spdxVersion) => {
  expect(names({ spdxVersion, packages: [{ name: 'a' }] }, 'spdx')).toEqual(['a@ '])
})

test('whatever JSON it is, it is read or refused', () => {
  const shape = fc.record({
    bomFormat: fc.constantFrom('CycloneDX', 1),
    specVersion: fc.constantFrom('1.6', null),
    spdxVersion: fc.constantFrom('SPDX-2.3', undefined),
    components: fc.jsonValue(),
    packages: fc.jsonValue(),
    relationships: fc.jsonValue(),
  })
  fc.assert(
    fc.property(fc.oneof(shape, fc.jsonValue()), fc.constantFrom('cyclonedx', 'spdx'), (value, format) => {
      const content = parseSbom(JSON.stringify(value), format)
      if ('code' in content) expect(content.code).toMatch(/^sbom\./)
      else expect(content.packages.every((one) => one.name !== '')).toBe(true)
    }),
  )
})
