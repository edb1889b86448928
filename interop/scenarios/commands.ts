import { describe, expect, test } from 'vitest'
import { type LabTemplate, labCommand, labTemplates, read } from '../harness/lab.ts'
import { everyPackerVersion } from '../toolchain/programs.ts'

/** A command of packer that meets a plugin, with the template as its last argument. */
interface Command {
  readonly args: readonly string[]
  readonly says?: readonly string[]
  readonly template?: LabTemplate
  readonly without?: readonly string[]
  /** What the user types to it. */
  readonly typed?: string
}

const valid = 'The configuration is valid.'

const commands: readonly Command[] = [
  { args: ['validate'], says: [valid] },
  { args: ['validate', '-syntax-only'], says: ['Syntax-only check passed. Everything looks okay.'] },
  { args: ['validate', '-only=*.one'], says: [valid], template: 'lab.pkr.hcl' },
  {
    args: ['validate', '-evaluate-datasources'],
    says: [valid],
    template: 'lab.pkr.hcl',
    without: ['1.7.10'],
  },
  { args: ['inspect'], says: ['lab-machine', 'lab-task'] },
  { args: ['console'], typed: 'upper(var.note)\nexit\n', says: ['A NOTE'], template: 'lab.pkr.hcl' },
  { args: ['fmt', '-check'], template: 'lab.pkr.hcl' },
  // Nothing is fetched: what the template requires is there.
  { args: ['init'], template: 'lab.pkr.hcl' },
  {
    args: ['plugins', 'required'],
    says: ['github.com/ingot/lab', '>= 1.0.0'],
    template: 'lab.pkr.hcl',
    without: ['1.7.10'],
  },
]

describe.each(everyPackerVersion)('packer %s does the same with a plugin in either language', (version) => {
  describe.each(labTemplates)('%s', (template) => {
    const here = commands.filter(
      (each) => (each.template ?? template) === template && !each.without?.includes(version),
    )
    test.each(here)('$args', async ({ args, says = [], typed }) => {
      const request = { template, args: [...args, template], ...(typed ? { typed } : {}) }
      const [go, ours] = await Promise.all([
        labCommand(version, 'go', request),
        labCommand(version, 'typescript', request),
      ])
      expect(ours.exitCode, ours.output).toBe(0)
      for (const text of says) expect(ours.output).toContain(text)
      expect(ours).toMatchObject({ files: [], temporary: [], lives: false })
      expect(read(ours.output)).toEqual(read(go.output))
    })
  })

  test('packer validate says what is wrong in a configuration, all at once', async () => {
    const wrong = ['-var=note=x', '-var=camera_fails=perhaps']
    const { exitCode, output } = await labCommand(version, 'typescript', {
      template: 'lab.json',
      args: ['validate', ...wrong, 'lab.json'],
    })
    expect(exitCode).toBe(1)
    expect(output).toMatch(/fail: .*perhaps/)
  })
})
