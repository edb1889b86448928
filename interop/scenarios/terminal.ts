import { describe, expect, test } from 'vitest'
import { type During, labBuild } from '../harness/lab.ts'
import { everyPackerVersion } from '../toolchain/programs.ts'

const template = 'lab.pkr.hcl'
const only = '-only=*.one'
const question = '[c] Clean up and exit, [a] abort without cleanup, or [r] retry step'

/** Reads a question and types an answer, one after the other. */
function conversation(lines: readonly (readonly [asked: string, typed: string])[]): During {
  return async (running) => {
    for (const [asked, typed] of lines) {
      await running.said(asked)
      // The Enter key, at a terminal that packer has switched to reading keys.
      running.type(`${typed}\r`)
    }
  }
}

describe.each(everyPackerVersion)('packer %s at a terminal', (version) => {
  test('-debug waits for the user after each step and before each clean-up', async () => {
    const pauses = [
      "after run of step 'CreateMachine'",
      // This one is packer's own, from 1.8 on.
      ...(version === '1.7.10' ? [] : ['before the next provisioner']),
      ...['StepProvision', 'Capture'].map((step) => `after run of step '${step}'`),
      ...['Capture', 'StepProvision', 'CreateMachine'].map((step) => `before cleanup of step '${step}'`),
    ]
    const { exitCode, output, files } = await labBuild(version, 'typescript', {
      ...{ template, args: ['-debug', only], input: 'terminal' },
      during: conversation(pauses.map((pause) => [pause, ''])),
    })
    expect(exitCode, output).toBe(0)
    expect(files).toEqual(['one.image.wrapped'])
  })

  const failing = { command: 'test -e tried || { touch tried; exit 4; }' }

  test('-on-error=ask runs the step again when the user says so', async () => {
    const { exitCode, output, files } = await labBuild(version, 'typescript', {
      ...{ template, vars: failing, args: ['-on-error=ask', only], input: 'terminal' },
      during: conversation([[question, 'r']]),
    })
    expect(exitCode, output).toBe(0)
    expect(output).toContain('the command ended with status 4')
    expect(output).toContain('Step "StepProvision" failed')
    expect(output).toContain('task of one ended with 0')
    expect(files).toEqual(['one.image.wrapped', 'tried'])
  })

  test.each([
    ['a', ['one', 'tried']],
    ['c', ['tried']],
  ])('-on-error=ask, answered %s, leaves %j', async (answer, left) => {
    const { exitCode, output, files } = await labBuild(version, 'typescript', {
      ...{ template, vars: failing, args: ['-on-error=ask', only], input: 'terminal' },
      during: conversation([[question, answer]]),
    })
    expect(exitCode, output).toBe(1)
    expect(output.includes('Deleting one')).toBe(answer === 'c')
    expect(files).toEqual(left)
  })
})
