import type { Explanation } from '@ingot/client'
import { table } from './table.ts'
import { ago, span } from './when.ts'
import { counted, shellWord, statusWord, versionWord } from './words.ts'

type Build = Explanation['builds'][number]

/** The commands that end a version that is not complete; empty where there is nothing to do. */
export interface WaysOut {
  /** Builds what is missing, under the same fingerprint. */
  readonly finish: string
  readonly abandon: string
}

export function waysOut(bucket: string, { version, complete, next, template_path }: Explanation): WaysOut {
  if (complete) return { finish: '', abandon: '' }
  const only = next.components.length > 0 ? `-only=${shellWord(next.components.join(','))} ` : ''
  const template = template_path === '' ? 'TEMPLATE' : shellWord(template_path)
  const finish = `HCP_PACKER_BUILD_FINGERPRINT=${version.fingerprint} packer build ${only}${template}`
  return {
    finish: next.step === 'WAIT' && next.components.length === 0 ? '' : finish,
    abandon: `ingot version delete ${bucket} ${version.fingerprint}`,
  }
}

/** Why a version is not complete, for people. */
export function explanationText(
  bucket: string,
  explanation: Explanation,
  { ways, now }: { readonly ways: WaysOut; readonly now: number },
): string {
  const { builds } = explanation
  const rows = builds.map((build) => [
    build.component_type,
    statusWord(build.state),
    build.last_heard_at ? ago(build.last_heard_at, now) : '',
    remark(build, explanation, now),
  ])
  const what = builds.length === 0 ? [] : [table(['BUILD', 'STATE', 'LAST HEARD', ''], rows)]
  return [`${headline(bucket, explanation)}`, ...what, ...endings(explanation, ways)].join('\n\n')
}

function headline(bucket: string, { version, complete, builds }: Explanation): string {
  const name = `${bucket} ${versionWord(version)}`
  const open = builds.filter(({ state }) => state !== 'DONE').length
  if (!complete && builds.length === 0) return `${name} is not complete: it has no builds.`
  if (!complete) return `${name} is not complete: ${open} of ${counted(builds.length, 'build')} not done.`
  const missing = builds.filter(({ state }) => state === 'MISSING').length
  return `${name} is complete${missing > 0 ? `, without ${counted(missing, 'build')} that the version before has` : ''}.`
}

function remark(
  { state, given_up_at, unenforced }: Build,
  { compared_with }: Explanation,
  now: number,
): string {
  const skipped = unenforced.length > 0 ? `ran without what is enforced: ${unenforced.join(', ')}` : ''
  const ends =
    state === 'SILENT' && given_up_at
      ? `counts as cancelled in ${span(Date.parse(given_up_at) - now)}, unless it is heard`
      : ''
  const expected = state === 'MISSING' && compared_with ? `${versionWord(compared_with)} has it` : ''
  return [ends, expected, skipped].filter((part) => part !== '').join('; ')
}

function endings({ next, complete }: Explanation, { finish, abandon }: WaysOut): string[] {
  if (complete) return []
  const wait = next.step === 'WAIT' ? ['Builds still run: wait for them.'] : []
  const then = next.step === 'WAIT' ? 'Then, to finish it' : 'To finish it'
  return [
    ...wait,
    ...(finish ? [`${then}, build what is not done under the same fingerprint:\n  ${finish}`] : []),
    `To give it up:\n  ${abandon}`,
  ]
}
