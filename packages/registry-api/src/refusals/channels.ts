import { absent, denied, exists, invalid, precondition, refuse, shown } from './refusal-kind.ts'

type Bucket = { bucket: string }
type Channel = { channel: string }
type Fingerprint = { fingerprint: string }
type Field = { field: string }

/** Channels. */
export const channelRefusals = {
  'channel.absent': refuse<Channel>(
    absent,
    (p) => `Error: The channel with identifier ${shown(p.channel)} does not exist.`,
  ),
  'channel.exists': refuse<Channel>(
    exists,
    (p) => `Error: The channel with identifier ${shown(p.channel)} already exists.`,
  ),
  'channel.restricted': refuse<Channel & Bucket>(
    denied,
    (p) =>
      `The channel ${shown(p.channel)} is restricted. Ask for the contributor role on bucket ${shown(p.bucket)}.`,
  ),
  'channel.version-absent': refuse<Fingerprint>(
    absent,
    (p) => `version with fingerprint (fingerprint: ${shown(p.fingerprint)}) does not exist`,
  ),
  'channel.version-incomplete': refuse<Channel & Fingerprint>(
    precondition,
    (p) =>
      `version with fingerprint (fingerprint: ${shown(p.fingerprint)}) is incomplete. Assign it to channel ${shown(p.channel)} when all its builds are done.`,
  ),
  'channel.version-revoked': refuse<Channel & Fingerprint>(
    precondition,
    (p) =>
      `version with fingerprint (fingerprint: ${shown(p.fingerprint)}) is revoked. Restore it, or assign another version to channel ${shown(p.channel)}.`,
  ),
  'channel.empty': refuse<Channel>(
    precondition,
    (p) => `Channel ${shown(p.channel)} has no version to copy. Assign one to it first.`,
  ),
  'channel.no-such-build': refuse<Channel>(
    absent,
    (p) =>
      `No build on channel ${shown(p.channel)} has an artifact with these labels, platform and region. Ask for fewer of them.`,
  ),
  'channel.mask-absent': refuse<Record<never, never>>(
    invalid,
    () => 'body: (update_mask: field mask: must be set.).',
    {
      details: () => [
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          field_violations: [
            {
              field: 'body.update_mask',
              description: 'field mask: must be set',
              reason: '',
              localized_message: null,
            },
          ],
        },
      ],
    },
  ),
  'channel.mask-unknown': refuse<Field & { path: string; known: readonly string[] }>(
    invalid,
    (p) =>
      `${p.field} names ${JSON.stringify(shown(p.path))}, which no channel has. Use ${p.known.join(', ')}, joined by commas.`,
  ),
  'channel.managed-assigned': refuse<Record<never, never>>(
    precondition,
    () => `Can't update channel assignment on channel "latest". This channel is managed by HCP Packer`,
  ),
  'channel.managed-deleted': refuse<Record<never, never>>(
    invalid,
    () => "Can't delete managed channel latest, it's controlled by HCP Packer",
  ),
  'channel.managed-target': refuse<Record<never, never>>(
    precondition,
    () => "Cannot assign to managed channel 'latest'",
  ),
} as const
