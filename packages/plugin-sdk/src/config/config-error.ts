/** One thing wrong with a configuration. */
export interface ConfigProblem {
  /** As `compression.level` or `disk[0].size`. */
  readonly path: string
  readonly message: string
}

/** A configuration that is refused, with all that is wrong with it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    super(listed(problems.map(({ path, message }) => `${path}: ${message}`)))
    this.problems = problems
  }
}

function listed(lines: readonly string[]): string {
  if (lines.length === 1) return lines[0]!
  return [`The configuration has ${lines.length} errors:`, '', ...lines.map((line) => `* ${line}`)].join('\n')
}
