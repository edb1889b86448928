import { absent, denied, exists, invalid, precondition, refuse, shown } from './refusal-kind.ts'

type Bucket = { bucket: string }

/** Enforced blocks, bills of materials and advisories. */
export const contentRefusals = {
  'enforced-block.absent': refuse<{ block: string }>(
    absent,
    (p) => `Error: The enforced block with identifier ${shown(p.block)} does not exist.`,
  ),
  'enforced-block.exists': refuse<{ block: string }>(
    exists,
    (p) => `Error: The enforced block with identifier ${shown(p.block)} already exists.`,
  ),
  'enforced-block.version-absent': refuse<{ version: string }>(
    absent,
    (p) => `Error: The enforced block version with identifier ${shown(p.version)} does not exist.`,
  ),
  'enforced-block.version-exists': refuse<{ version: string }>(
    exists,
    (p) => `Error: The enforced block version with identifier ${shown(p.version)} already exists.`,
  ),
  'enforced-block.linked': refuse<{ buckets: readonly string[] }>(
    precondition,
    (p) =>
      `Builds of these buckets must run it: ${shown(p.buckets.join(', '))}. Unlink them before deleting it.`,
  ),
  'enforced-block.empty': refuse<Record<never, never>>(
    invalid,
    () => 'block_content is empty. Send provisioner blocks.',
  ),
  'enforced-block.json': refuse<{ problem: string }>(
    invalid,
    (p) =>
      `block_content is not what packer reads of a block of type JSON, {"provisioners": […]}: ${shown(p.problem)}.`,
  ),
  'mask.absent': refuse<Record<never, never>>(
    invalid,
    () => 'body: (update_mask: field mask: must be set.).',
  ),
  'mask.unknown': refuse<{ path: string; known: readonly string[] }>(
    invalid,
    (p) =>
      `update_mask names ${JSON.stringify(shown(p.path))}. Use ${p.known.join(' or ')}, several joined by a comma.`,
  ),

  'sbom.absent': refuse<{ sbom: string }>(
    absent,
    (p) => `Error: The sbom with identifier ${shown(p.sbom)} does not exist.`,
  ),
  'sbom.build-not-running': refuse<Record<never, never>>(
    invalid,
    () => "This build's status isn't Running, so sboms can not be uploaded",
  ),
  'sbom.empty': refuse<Record<never, never>>(invalid, () => 'sbom contains no packages'),
  'sbom.unreadable': refuse<{ problem: string }>(
    invalid,
    (p) => `The bill of materials cannot be read: ${shown(p.problem)}.`,
  ),
  'sbom.too-large': refuse<{ limit: number }>(
    invalid,
    (p) => `The bill of materials takes more than ${p.limit} bytes when it is unpacked. Send less.`,
  ),
  'sbom.download': refuse<Record<never, never>>(
    denied,
    () => 'The address of this download is not good, or no longer. Ask for the bill of materials again.',
  ),

  'sbom.none': refuse<{ version: string }>(
    absent,
    (p) =>
      `Version ${shown(p.version)} has no bill of materials, so that nothing can be compared. Attach one: ingot sbom upload FILE`,
  ),

  'advisory.none': refuse<Bucket>(
    absent,
    (p) =>
      `The packages of bucket ${shown(p.bucket)} are not assessed: no advisories were imported. Import an OSV export: ingot advisories import FILE`,
  ),
  'advisory.absent': refuse<{ advisory: string }>(
    absent,
    (p) =>
      `There is no advisory ${shown(p.advisory)} here. Import an OSV export: ingot advisories import FILE`,
  ),
  'advisory.unreadable': refuse<{ place: number; problem: string }>(
    invalid,
    (p) => `advisories[${p.place}] cannot be read, and none of them were taken: ${shown(p.problem)}.`,
  ),
} as const
