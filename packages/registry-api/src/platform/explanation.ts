import { operation } from '../operation.ts'
import { VersionStatus } from '../packer-2023-01-01/models.ts'
import { boolean, dateTime, list, nullable, object, type Static, string, words } from '../schema.ts'
import { project } from './project-path.ts'

/**
 * A build that a version has, or should have. `MISSING`: the last complete version of the bucket has one, this one does not;
 * `WAITING`: registered, not started; `SILENT`: it runs and has not said so when it should have.
 */
export const ExplainedBuild = object({
  component_type: string,
  state: words('DONE', 'RUNNING', 'SILENT', 'WAITING', 'FAILED', 'CANCELLED', 'MISSING'),
  build_id: string,
  last_heard_at: nullable(dateTime),
  given_up_at: nullable(dateTime),
  /** Enforced blocks that it should have run and that its publisher was never told of. */
  unenforced: list(string),
})
export type ExplainedBuild = Static<typeof ExplainedBuild>

/** Why a version is not complete, and what would complete it. */
export const explainVersion = operation({
  id: 'Ingot_ExplainVersion',
  plane: 'platform',
  method: 'GET',
  path: `${project}/buckets/:bucket_name/versions/:fingerprint/explanation`,
  reply: object({
    version: object({
      id: string,
      name: string,
      fingerprint: string,
      status: VersionStatus,
      created_at: dateTime,
    }),
    complete: boolean,
    builds: list(ExplainedBuild),
    compared_with: nullable(object({ name: string, fingerprint: string })),
    /** `WAIT`: builds still run; `RESUME`: the components must be built again under the same fingerprint. */
    next: object({ step: words('NOTHING', 'WAIT', 'RESUME'), components: list(string) }),
    /** Where packer found the template the last time that it told; empty when it never did. */
    template_path: string,
  }),
  seenFrom: ['ingot'],
})
