import type { ResolvedArtifact } from '../platform/resolve.ts'
import { absent, precondition, refuse, shown } from './refusal-kind.ts'

type Bucket = { bucket: string }
type Channel = { channel: string }
/** Images to choose from; `known` names the first of them. */
type Choice = Bucket & {
  version: string
  known: readonly string[]
  candidates: readonly ResolvedArtifact[]
}

/** Look-ups. */
export const lookUpRefusals = {
  'artifact.ambiguous': refuse<Choice>(
    precondition,
    (p) =>
      `Several images of ${shown(p.bucket)} ${shown(p.version)} fit: ${shown(p.known.join(', '))}. Say which by platform, region, component or label.`,
    { http: 409, details: (p) => p.candidates },
  ),
  'artifact.absent': refuse<Choice>(
    absent,
    (p) =>
      `No image of ${shown(p.bucket)} ${shown(p.version)} fits. It has ${p.known.length === 0 ? 'none' : shown(p.known.join(', '))}.`,
    { details: (p) => p.candidates },
  ),
  'channel.unassigned': refuse<Channel & Bucket>(
    precondition,
    (p) =>
      `Channel ${shown(p.channel)} of bucket ${shown(p.bucket)} has no version. Assign one to it, or name a version.`,
  ),
  'version.revoked': refuse<Bucket & { version: string; reason: string }>(
    precondition,
    (p) =>
      `Version ${shown(p.version)} of bucket ${shown(p.bucket)} is revoked${p.reason === '' ? '' : ` (${shown(p.reason)})`}. Take another version or channel.`,
  ),
} as const
