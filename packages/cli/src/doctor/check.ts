/** What one look at the surroundings found. */
export interface Finding {
  readonly check: string
  readonly state: 'good' | 'bad' | 'skipped'
  /** What was seen, in one line. */
  readonly seen: string
  /** What to do about it; for `bad` always. */
  readonly fix?: string
}

export const good = (check: string, seen: string): Finding => ({ check, state: 'good', seen })
export const bad = (check: string, seen: string, fix: string): Finding => ({ check, state: 'bad', seen, fix })
export const skipped = (check: string, seen: string): Finding => ({ check, state: 'skipped', seen })

/** What an exception says, in one line. */
export function reasonOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0]!
}
