/** What one look at a plugin's file found. */
export interface PluginFinding {
  readonly check: string
  readonly state: 'good' | 'bad'
  /** What was seen, in one line. */
  readonly seen: string
  /** What to do about it; for `bad` always. */
  readonly fix?: string
}

export const good = (check: string, seen: string): PluginFinding => ({ check, state: 'good', seen })
export const bad = (check: string, seen: string, fix: string): PluginFinding => ({
  check,
  state: 'bad',
  seen,
  fix,
})

/** What an exception says, in one line. */
export function reasonOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\s*\n\s*/g, ' · ')
}
