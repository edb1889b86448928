import pc from 'picocolors'

/** What a check found, as `doctor` and `plugin check` know it. */
interface Finding {
  readonly check: string
  readonly state: 'good' | 'bad' | 'skipped'
  readonly seen: string
  readonly fix?: string
}

/** One line of a check's result, and a second with what to do. */
export function findingLine({ check, state, seen, fix }: Finding): string {
  const mark = { good: pc.green('ok  '), bad: pc.red('BAD '), skipped: pc.dim('skip') }[state]
  return `${mark}  ${check}: ${seen}${fix ? `\n      fix:  ${fix}` : ''}`
}
