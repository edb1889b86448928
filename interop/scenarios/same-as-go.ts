import { describe, expect, test } from 'vitest'
import { type LabTemplate, labBuild, labTemplates, read } from '../harness/lab.ts'
import { everyPackerVersion } from '../toolchain/programs.ts'

/** One run of `packer build`, and what its user is to read and find; what is not said here is that of a success. */
interface Run {
  readonly title: string
  readonly args?: readonly string[]
  readonly vars?: Readonly<Record<string, string>>
  /** Where only one of the templates has it. */
  readonly template?: LabTemplate
  readonly exitCode?: number
  readonly files?: readonly string[]
  readonly says?: readonly string[]
  readonly hides?: readonly string[]
  /** Why it reads otherwise with Go. */
  readonly unlikeGo?: string
}

const onlyOne = '-only=*.one'
const badTask = { command: 'echo tried; exit 4' }
const badCamera = { camera_fails: 'true' }
const built = ['one.image.wrapped', 'two.image.wrapped']

const runs: readonly Run[] = [
  {
    title: 'a build',
    says: [
      'Creating one with a note',
      'Creating two with the secret <sensitive>',
      'provisioned\n',
      'task of one ended with 0',
      'default\n',
      'task of two ended with 0',
      'Wrapping one.image in paper',
      'image one.image.wrapped',
    ],
    hides: ['hush-hush', 'clean-up'],
  },
  { title: '-parallel-builds=1', args: ['-parallel-builds=1'] },
  { title: '-force', args: ['-force'] },
  { title: '-timestamp-ui', args: ['-timestamp-ui', onlyOne], files: ['one.image.wrapped'] },
  {
    title: '-machine-readable',
    args: ['-machine-readable'],
    says: [
      'one,artifact,0,builder-id,lab.machine',
      'one,artifact,0,id,one.image.wrapped',
      'one,artifact,0,files-count,1',
    ],
  },
  {
    title: '-debug, where nobody can be asked',
    args: ['-debug', onlyOne],
    files: ['one.image.wrapped'],
    says: ['Debug mode enabled. Builds will not be parallelized.', 'Deleting one'],
  },
  { title: '-only', args: [onlyOne], files: ['one.image.wrapped'], hides: ['Creating two'] },
  { title: '-except of a build', args: ['-except=*.one'], files: ['two.image.wrapped'] },
  {
    title: '-except of a post-processor',
    args: ['-except=lab-wrap'],
    files: ['one.image', 'two.image'],
    hides: ['Wrapping'],
  },
  {
    title: 'keep_input_artifact',
    args: [onlyOne],
    vars: { keep: 'true' },
    template: 'lab.pkr.hcl',
    files: ['one.image', 'one.image.wrapped'],
  },
  ...['cleanup', 'ask'].flatMap((policy) => [
    {
      title: `-on-error=${policy}, a provisioner fails`,
      args: [`-on-error=${policy}`, onlyOne],
      vars: badTask,
      exitCode: 1,
      files: [],
      says: [
        'tried\n',
        'the command ended with status 4',
        'one is there',
        'clean-up ended with 0',
        'Deleting one',
      ],
    },
    {
      title: `-on-error=${policy}, a step of the builder fails`,
      args: [`-on-error=${policy}`, onlyOne],
      vars: badCamera,
      exitCode: 1,
      files: [],
      says: ['the camera is broken', 'one is there', 'Deleting one'],
    },
  ]),
  {
    title: '-on-error=abort, a provisioner fails',
    args: ['-on-error=abort', onlyOne],
    vars: badTask,
    exitCode: 1,
    files: ['one'],
    says: ['Step "StepProvision" failed, aborting...', 'aborted: skipping cleanup of step "CreateMachine"'],
    hides: ['Deleting', 'clean-up'],
  },
  {
    title: '-on-error=abort, a step of the builder fails',
    args: ['-on-error=abort', onlyOne],
    vars: badCamera,
    exitCode: 1,
    files: ['one'],
    says: ['Step "Capture" failed, aborting...', 'aborted: skipping cleanup of step "StepProvision"'],
    hides: ['Deleting', 'clean-up'],
  },
  {
    title: '-on-error=run-cleanup-provisioner, a provisioner fails',
    args: ['-on-error=run-cleanup-provisioner', onlyOne],
    vars: badTask,
    exitCode: 1,
    files: ['one'],
    says: [
      'Step "StepProvision" failed, aborting...',
      'clean-up ended with 0',
      'skipping cleanup of step "CreateMachine"',
    ],
    hides: ['Deleting'],
    unlikeGo: 'there the next step in line is said to have failed',
  },
  {
    title: '-on-error=run-cleanup-provisioner, a step of the builder fails',
    args: ['-on-error=run-cleanup-provisioner', onlyOne],
    vars: badCamera,
    exitCode: 1,
    files: ['one'],
    says: ['clean-up ended with 0', 'Step "Capture" failed, aborting...'],
    hides: ['Deleting'],
  },
  {
    title: 'a post-processor fails',
    args: [onlyOne],
    vars: { paper_fails: 'true' },
    exitCode: 1,
    files: [],
    says: ['the paper is torn'],
  },
]

describe.each(everyPackerVersion)(
  'packer %s does the same with a plugin in TypeScript as with one in Go',
  (version) => {
    describe.each(labTemplates)('%s', (template) => {
      const here = runs.filter((run) => (run.template ?? template) === template)
      test.each(here)(
        '$title',
        async ({ args = [], vars = {}, exitCode = 0, files = built, says = [], hides = [], unlikeGo }) => {
          const request = { template, vars, args: args.map((each) => named(each, template)) }
          const [go, ours] = await Promise.all([
            labBuild(version, 'go', request),
            labBuild(version, 'typescript', request),
          ])
          expect(ours.exitCode, ours.output).toBe(exitCode)
          for (const text of says) expect(ours.output).toContain(text)
          for (const text of hides) expect(ours.output).not.toContain(text)
          expect(ours.files).toEqual(files)
          expect([ours.temporary, ours.lives]).toEqual([[], false])

          if (!unlikeGo) expect(read(ours.output)).toEqual(read(go.output))
          expect([ours.exitCode, ours.files]).toEqual([go.exitCode, go.files])
        },
      )
    })
  },
)

/** Builds of JSON templates have no type before their name. */
function named(arg: string, template: LabTemplate): string {
  return template === 'lab.json' ? arg.replace('*.', '') : arg
}
