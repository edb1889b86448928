import type { Instant } from './time.ts'

/** Where identifiers come from. */
export interface Ids {
  /** A ULID of the given time: 26 characters, larger than every one given before. */
  ulid(at: Instant): string
  /** A random UUID, the form of organizations and projects. */
  uuid(): string
}
