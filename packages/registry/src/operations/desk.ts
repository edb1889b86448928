import { asJson, type Change, eventOf, nobody, type Request } from '../audit/event.ts'
import { mayAct } from '../domain/access.ts'
import type { AuditEvent } from '../domain/audit-event.ts'
import type { Caller, Role } from '../domain/caller.ts'
import type { Ids } from '../domain/ids.ts'
import { obey, Refusal } from '../domain/refusal.ts'
import type { Secrets } from '../domain/secrets.ts'
import type { Clock, Instant } from '../domain/time.ts'
import type { Rows } from '../store/rows/rows.ts'
import type { Store } from '../store/store.ts'
import { KeptVersions, type VersionAlbum } from './kept-versions.ts'

/** What a use case works with: one state of the rows, at one time. */
export interface Scene {
  readonly rows: Rows
  readonly caller: Caller
  readonly now: Instant
  readonly ids: Ids
  readonly secrets: Secrets
  /** Versions that were shown before. */
  readonly album: VersionAlbum
}

/** A scene that may be changed. */
export interface Stage extends Scene {
  /** Notes for the audit what the object was, and what it became. */
  note(change: Change): void
  /** Tells that rights were changed: callers that are known already are looked up anew. */
  rightsChanged(): void
}

/** What a desk needs. */
export interface DeskParts {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly secrets: Secrets
}

/** Where use cases are brought to the store, each with its audit row in the same transaction. */
export class Desk {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly secrets: Secrets
  readonly #album = new KeptVersions()
  #rightsRevision = 0

  constructor(parts: DeskParts) {
    this.store = parts.store
    this.clock = parts.clock
    this.ids = parts.ids
    this.secrets = parts.secrets
  }

  /** Counts the changes of rights in this process: what was read of a caller's rights holds while it does not change. */
  get rightsRevision(): number {
    return this.#rightsRevision
  }

  get #tools(): Pick<Scene, 'ids' | 'secrets'> {
    return { ids: this.ids, secrets: this.secrets }
  }

  /** A use case that only reads. Its audit row is written when it is refused. */
  async look<Result>(request: Request, work: (scene: Scene) => Promise<Result>): Promise<Result> {
    const { caller } = request
    try {
      return await this.store.read((rows) => {
        obey(mayAsk(request, request.needs ?? 'viewer'))
        return work({ ...this.#tools, rows, caller, now: this.clock.now(), album: this.#album })
      })
    } catch (error) {
      if (error instanceof Refusal) await this.#recordRefusal(request, error)
      throw error
    }
  }

  /** A use case that changes something. When it is refused, only its audit row is written. */
  async change<Result>(request: Request, work: (stage: Stage) => Promise<Result>): Promise<Result> {
    const verdict = await this.store.write(async ({ rows, undo }) => {
      const { caller } = request
      const now = this.clock.now()
      let noted: Change = {}
      const note: Stage['note'] = (change) => {
        noted = change
      }
      let rights = false
      const rightsChanged = () => {
        rights = true
      }
      try {
        obey(mayAsk(request, request.needs ?? 'contributor'))
        const album = this.#album.closed
        const result = await work({ ...this.#tools, rows, caller, now, album, note, rightsChanged })
        await rows.audit.add({ ...eventOf(request, now), ...asJson(noted) })
        return { result, rights }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        await undo()
        await rows.audit.add({ ...eventOf(request, now), outcome: error.code, message: error.message })
        return { refusal: error }
      }
    })
    if ('refusal' in verdict) throw verdict.refusal
    if (verdict.rights) this.#rightsRevision += 1
    return verdict.result
  }

  /** Writes down something that happened outside of any use case. */
  record(event: Partial<AuditEvent> & Pick<AuditEvent, 'action' | 'object'>): Promise<void> {
    return this.store.write(({ rows }) => rows.audit.add({ ...nobody, at: this.clock.now(), ...event }))
  }

  #recordRefusal(request: Request, { code, message }: Refusal): Promise<void> {
    return this.record({ ...eventOf(request, this.clock.now()), outcome: code, message })
  }
}

/** Refuses a caller who may not know of the place, or whose role there is too small. */
export function mayAsk(request: Request, needs: Role): Refusal | undefined {
  return mayAct(request.caller, request, needs)
}
