import { aborted, absent, exists, invalid, precondition, refuse, shown } from './refusal-kind.ts'

type Fingerprint = { fingerprint: string }

/** Versions and builds. packer makes a version only after the code 10. */
export const versionRefusals = {
  'version.unknown': refuse<Fingerprint>(
    aborted,
    (p) => `Version with fingerprint ${shown(p.fingerprint)} not found`,
  ),
  'version.absent': refuse<Fingerprint>(
    absent,
    (p) => `Error: The version with identifier ${shown(p.fingerprint)} does not exist.`,
  ),
  'version.exists': refuse<Fingerprint>(
    exists,
    (p) => `Error: The version with identifier ${shown(p.fingerprint)} already exists.`,
  ),
  'version.unfinished': refuse<Fingerprint & { pending: readonly string[] }>(precondition, (p) =>
    p.pending.length === 0
      ? `Version ${shown(p.fingerprint)} has no builds and cannot be completed. Publish a build first.`
      : `Version ${shown(p.fingerprint)} cannot be completed while these builds are not done: ${shown(p.pending.join(', '))}. Finish or delete them.`,
  ),
  'version.assigned': refuse<{ channels: readonly string[] }>(
    precondition,
    (p) =>
      `Version is assigned by channels: ${p.channels.join(', ')}. Please, remove the channels assignment before deleting the version.`,
  ),
  'version.revoked-assigned': refuse<{ channels: readonly string[] }>(
    precondition,
    (p) =>
      `Channels point at what would be revoked: ${p.channels.join(', ')}. Send rollback_channels, or assign other iterations to them first.`,
  ),
  'version.unnamed': refuse<Record<never, never>>(
    invalid,
    () => 'No iteration is named. Send one of fingerprint, iteration_id and incremental_version.',
  ),
  'version.names-differ': refuse<Record<never, never>>(
    invalid,
    () => 'fingerprint, iteration_id and incremental_version name different iterations. Send one of them.',
  ),
  'version.revoked-already': refuse<Fingerprint>(
    precondition,
    (p) => `Version ${shown(p.fingerprint)} is revoked already. Restore it before revoking it anew.`,
  ),
  'version.two-times': refuse<Record<never, never>>(
    invalid,
    () => 'revoke_at and revoke_in exclude each other. Send one of them.',
  ),
  'version.restore-and-revoke': refuse<Record<never, never>>(
    invalid,
    () => 'restore and a time of revocation exclude each other. Send one of them.',
  ),
  'version.revoke-in': refuse<{ value: string }>(
    invalid,
    (p) =>
      `revoke_in is ${JSON.stringify(shown(p.value))}. It must be whole numbers with a unit of s, m, h or d, such as 30d or 2h45m.`,
  ),
  'version.revoke-late': refuse<Record<never, never>>(
    invalid,
    () => 'The time of revocation lies more than a hundred years ahead. Choose an earlier one.',
  ),
  'version.valid': refuse<Record<never, never>>(
    precondition,
    () => 'Restoring does not apply. This version is valid and it is not scheduled to be revoked. ',
  ),
  'version.inherited': refuse<Record<never, never>>(
    precondition,
    () =>
      'Directly restoring this version does not apply. The revocation status is inherited from an ancestor version. To restore this version, the revoked ancestor should be restored.',
  ),

  'plan.stale': refuse<Record<never, never>>(
    aborted,
    () =>
      'Something that the plan speaks of has changed since it was made; nothing was revoked. Make a new plan and look at it.',
  ),
  'graph.depth': refuse<{ limit: number }>(
    invalid,
    (p) => `depth must be a whole number from 0 to ${p.limit}.`,
  ),

  'build.absent': refuse<{ build: string }>(
    absent,
    (p) => `The build with identifier ${shown(p.build)} does not exist.`,
  ),
  'build.exists': refuse<{ component: string }>(
    exists,
    (p) => `Error: The build with component type ${shown(p.component)} already exists in this version.`,
  ),
  'build.version-complete': refuse<Record<never, never>>(
    precondition,
    () =>
      'This version is complete. If you wish to add a new build a new version must be created by changing the build fingerprint.',
  ),
  'build.done': refuse<{ component: string }>(
    precondition,
    (p) =>
      `Build ${shown(p.component)} is done and cannot be changed any more. Start a new version with another fingerprint.`,
  ),
  'build.empty': refuse<{ component: string }>(
    precondition,
    (p) => `Build ${shown(p.component)} cannot be done without artifacts. Send them with the status.`,
  ),
  'build.source-alone': refuse<Record<never, never>>(
    invalid,
    () =>
      'source_external_identifier needs parent_version_id when a build is created. Send both, or neither.',
  ),
  'build.platform-set': refuse<Record<never, never>>(
    exists,
    () => "You cannot override a build's Platform if it has already been set.",
  ),
  'build.parent-version-set': refuse<Record<never, never>>(
    exists,
    () => "You cannot override a build's Parent Version ID if it has already been set.",
  ),
  'build.parent-channel-set': refuse<Record<never, never>>(
    exists,
    () => "You cannot override a build's Parent Channel ID if it has already been set.",
  ),
} as const
