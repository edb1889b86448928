import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EngineError } from '../errors.ts'
import type { Manifest } from './manifest.ts'
import { readManifest } from './read-manifest.ts'
import { writeManifest } from './write-manifest.ts'

test("what packer's post-processor writes is read", () => {
  const text = `{
  "builds": [
    {
      "name": "web",
      "builder_type": "docker",
      "build_time": 1507245986,
      "files": [{ "name": "packer_example", "size": 102219776 }],
      "artifact_id": "Container",
      "packer_run_uuid": "6d5d3185-fa95-44e1-8775-9e64fe2e2d8f",
      "custom_data": { "mine": "example" }
    }
  ],
  "last_run_uuid": "6d5d3185-fa95-44e1-8775-9e64fe2e2d8f"
}`
  expect(readManifest(`\uFEFF${text}`)).toEqual({
    builds: [
      {
        name: 'web',
        builderType: 'docker',
        buildTime: 1507245986,
        files: ['packer_example'],
        artifactId: 'Container',
        runUuid: '6d5d3185-fa95-44e1-8775-9e64fe2e2d8f',
        customData: { mine: 'example' },
      },
    ],
    lastRunUuid: '6d5d3185-fa95-44e1-8775-9e64fe2e2d8f',
  })
})

const entry = '{"name":"a","builder_type":"b","artifact_id":"c","packer_run_uuid":"d"}'

test.each([
  ['', 'it is not JSON'],
  ['builds: []', 'it is not JSON'],
  ['[]', 'the file is not a JSON object'],
  ['{}', 'it has no "builds"'],
  ['{"builds":[]}', '"builds" is empty'],
  ['{"builds":{}}', '"builds" in the file is not a list'],
  ['{"builds":[7]}', '"builds[0]" is not a JSON object'],
  ['{"builds":[{"name":1}]}', '"name" in "builds[0]" is not a text'],
  [`{"builds":[${entry}]}`, '"last_run_uuid" in the file is not a text'],
  [
    `{"builds":[${entry.replace('"c"', 'null')}],"last_run_uuid":"d"}`,
    '"artifact_id" in "builds[0]" is not a text',
  ],
  [
    `{"builds":[${entry.replace('}', ',"custom_data":{"a":1}}')}],"last_run_uuid":"d"}`,
    '"custom_data.a" in "builds[0]" is not a text',
  ],
  [`{"builds":[${entry}],"last_run_uuid":"d","ingot":{"bucket":1}}`, '"bucket" is not a JSON object'],
])('%s is no manifest, and the place is told', (text, message) => {
  expect(() => readManifest(text)).toThrow(message)
})

test('any JSON is read or refused', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      try {
        readManifest(text)
      } catch (error) {
        expect(error).toBeInstanceOf(EngineError)
      }
    }),
  )
})

test('what is written is read back to the letter', () => {
  const text = fc.string({ unit: 'binary' }).map((each) => each.toWellFormed())
  const strings = fc.dictionary(
    text.filter((name) => name !== '__proto__'),
    text,
  )
  const record = fc.record(
    {
      component: text,
      platform: text,
      artifacts: fc.array(fc.record({ imageId: text, region: text })),
      labels: strings,
      sourceImageId: text,
      parentVersionId: text,
      parentChannelId: text,
    },
    { requiredKeys: ['component', 'platform', 'artifacts', 'labels'] },
  )
  const build = fc.record(
    {
      name: text,
      builderType: text,
      artifactId: text,
      runUuid: text,
      buildTime: fc.nat(),
      files: fc.array(text),
      customData: strings,
      record,
    },
    { requiredKeys: ['name', 'builderType', 'artifactId', 'runUuid', 'buildTime', 'files', 'customData'] },
  )
  const bucket = fc.record({ name: text, description: text, labels: strings }, { requiredKeys: ['name'] })
  const unfinished = fc.record({
    bucket,
    fingerprint: text,
    components: fc.array(text),
    channels: fc.array(text),
  })
  const manifest = fc.record(
    { builds: fc.array(build, { minLength: 1 }), lastRunUuid: text, unfinished },
    { requiredKeys: ['builds', 'lastRunUuid'] },
  )
  fc.assert(
    fc.property(manifest, (written) => {
      expect(readManifest(writeManifest(written as Manifest))).toEqual(written)
    }),
  )
})
