import type { AuditEvent, RecordedEvent } from '../../domain/audit-event.ts'
import { type Session, statement } from '../statement.ts'

const columns = `e.sequence as "sequence", e.at as "at", e.organization_id as "organizationId",
  e.project_id as "projectId", e.principal_id as "principalId", e.principal_name as "principalName",
  e.address as "address", e.source_channel as "sourceChannel", e.action as "action", e.object as "object",
  e.outcome as "outcome", e.message as "message", e.before as "before", e.after as "after"`

const insert = statement<never>()(`insert into audit_events (sequence, at, organization_id, project_id,
  principal_id, principal_name, address, source_channel, action, object, outcome, message, before, after)
  values ((select coalesce(max(sequence), 0) + 1 from audit_events), :at, :organizationId, :projectId,
  :principalId, :principalName, :address, :sourceChannel, :action, :object, :outcome, :message, :before, :after)`)

const after = statement<RecordedEvent>()(
  `select ${columns} from audit_events e where e.sequence > :sequence order by e.sequence limit :limit`,
)

/** What happened. Rows are only ever added, and numbered without gaps. */
export class AuditRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async add(event: AuditEvent): Promise<void> {
    await this.#session.run(insert, event)
  }

  /** The events after a place, oldest first. */
  after(sequence: number, limit: number): Promise<RecordedEvent[]> {
    return this.#session.all(after, { sequence, limit })
  }
}
