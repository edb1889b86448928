/** What the exit status of every command means. */
export const exitCode = {
  done: 0,
  /** The command did what it could and could not do it; the message says why. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** What was asked for is not there, or is not one thing. */
  notFound: 3,
  /** The registry cannot be reached or is not trusted. */
  unreachable: 4,
  /** `doctor`, `stale --check`, `plugin check` or `plugin docs --check` found something that needs mending. */
  unhealthy: 5,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
