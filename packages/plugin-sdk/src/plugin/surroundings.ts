import type { Secrets } from '../secrets/secrets.ts'

/** What a component finds around it in its process. */
export interface Surroundings {
  /** What artifacts answer as `BuilderId` where the author says nothing. */
  readonly builderId: string
  readonly secrets: Secrets
  /** Writes to the log, which users see with `PACKER_LOG=1`. */
  readonly log: (text: string) => void
  /** Rejects when an error escapes from a callback of the author's. */
  readonly crashed: Promise<never>
  /** Has the process end once what is open was answered, since code of the author's goes on that cannot be stopped. */
  readonly leave: () => void
}
