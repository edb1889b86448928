import { expect, test } from 'vitest'
import { answerTo, type RefusalCode, refusals } from './refusals.ts'

const everything = {
  bucket: 'Code:10',
  channel: 'code":6',
  fingerprint: 'Code:5',
  field: 'name',
  limit: 5,
  problem: 'Code:9 here',
  principal: 'p',
  needs: 'contributor',
  action: 'Code:1',
  project: 'Code:10',
  seconds: 1,
  method: 'GET',
  path: '/Code:10',
  reference: 'Code:13',
  value: 'Code:7',
  rule: 'short',
  columns: ['name'],
  operation: 'Code:3',
  pending: ['code:4'],
  channels: ['stable'],
  known: ['restricted'],
  allowed: ['GET'],
  organization: 'Code:10',
  build: 'Code:2',
  component: 'Code:11',
  block: 'Code:8',
  version: 'Code:12',
  type: 'Code:5',
  sbom: 'Code:6',
  buckets: ['code:14'],
  candidates: [],
  reason: 'Code:9',
  from: 'DONE',
  to: 'RUNNING',
  key: 'code:7',
  role: 'Code:3',
  resource: 'Code:5',
  advisory: 'Code:9',
  place: 3,
}

test.each(Object.keys(refusals) as RefusalCode[])(
  'the message of %s holds nothing that packer takes for a code',
  (code) => {
    const { body, status } = answerTo(code, everything as never)
    expect(body.message).not.toMatch(/code"?:[0-9]/i)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(JSON.stringify(body).match(/"code"/g)).toHaveLength(1)
  },
)

test('a missing version is answered with the code after which packer makes it', () => {
  expect(answerTo('version.unknown', { fingerprint: 'abc' })).toEqual({
    status: 409,
    body: { code: 10, message: 'Version with fingerprint abc not found', details: [] },
  })
})

test('a text of the caller is cut and cleaned before it is shown', () => {
  const { message } = answerTo('bucket.absent', { bucket: `\0${'x'.repeat(1_000_000)}` }).body
  expect(message.length).toBeLessThan(250)
  expect(message).not.toContain('\0')
})
