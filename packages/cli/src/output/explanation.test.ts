import { stripVTControlCharacters } from 'node:util'
import type { Explanation } from '@ingot/client'
import { expect, it } from 'vitest'
import { explanationText, waysOut } from './explanation.ts'

const now = Date.parse('2026-11-25T12:00:00Z')
const build = (component_type: string, state: Explanation['builds'][number]['state']) => ({
  ...{ component_type, state, build_id: '', unenforced: [] },
  ...{ last_heard_at: '2026-11-25T11:54:00Z', given_up_at: '2026-11-25T12:04:00Z' },
})
const explanation: Explanation = {
  version: {
    ...{ id: '1', name: 'v0', fingerprint: 'fp-1', created_at: '2026-11-25T11:00:00Z' },
    status: 'VERSION_FAILED',
  },
  complete: false,
  builds: [
    build('ebs.one', 'FAILED'),
    { ...build('ebs.two', 'SILENT'), unenforced: ['cis'] },
    { ...build('ebs three', 'MISSING'), last_heard_at: null },
    build('docker.x', 'DONE'),
  ],
  compared_with: { name: 'v4', fingerprint: 'old' },
  next: { step: 'RESUME', components: ['ebs.one', 'ebs.two', 'ebs three'] },
  template_path: 'images/web.pkr.hcl',
}
const text = (what: Explanation) =>
  stripVTControlCharacters(explanationText('web', what, { ways: waysOut('web', what), now }))

it('names each build, what is wrong with it, and the line that finishes the version', () => {
  const told = text(explanation)
  expect(told).toContain('web fp-1 is not complete: 3 of 4 builds not done.')
  expect(told).toMatch(/ebs\.one +failed +6 min ago$/m)
  expect(told).toMatch(/ebs\.two +silent +6 min ago +counts as cancelled in 4 min.*; ran without .*: cis$/m)
  expect(told).toMatch(/ebs three +missing +v4 has it$/m)
  expect(told).toContain(
    "  HCP_PACKER_BUILD_FINGERPRINT=fp-1 packer build -only='ebs.one,ebs.two,ebs three' images/web.pkr.hcl\n",
  )
  expect(told).toContain('  ingot version delete web fp-1')
})

it('says to wait while builds run, and what comes then', () => {
  const running = { ...explanation, builds: [build('ebs.one', 'RUNNING')], template_path: '' }
  const waiting = text({ ...running, next: { step: 'WAIT', components: [] } })
  expect(waiting).toContain('wait for them')
  expect(waiting).not.toContain('packer build')
  const then = text({ ...running, next: { step: 'WAIT', components: ['ebs.two'] } })
  expect(then).toMatch(/Then, to finish it.*\n +HCP_\S+ packer build -only=ebs\.two TEMPLATE/)
})

it('has nothing to say of a complete version but what it lacks', () => {
  const whole = { ...explanation, complete: true, next: { step: 'NOTHING', components: [] } } as const
  const told = text({ ...whole, version: { ...whole.version, name: 'v5' } })
  expect(told).toContain('web v5 is complete, without 1 build that the version before has.')
  expect(told).not.toContain('packer build')
})
