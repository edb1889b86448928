import { absent, exists, precondition, refuse, shown } from './refusal-kind.ts'

type Bucket = { bucket: string }

/** Registries and buckets. */
export const bucketRefusals = {
  'registry.absent': refuse<{ project: string }>(
    absent,
    (p) => `Error: The registry of project ${shown(p.project)} does not exist.`,
  ),
  'registry.exists': refuse<{ project: string }>(
    exists,
    (p) => `Error: The registry of project ${shown(p.project)} already exists.`,
  ),
  'run-task.absent': refuse<{ type: string }>(
    absent,
    (p) => `Error: The run task with identifier ${shown(p.type)} does not exist. Use validation.`,
  ),
  'registry.inactive': refuse<{ project: string }>(
    precondition,
    (p) => `The registry of project ${shown(p.project)} is deactivated. Activate it first.`,
  ),
  'operation.absent': refuse<{ operation: string }>(
    absent,
    (p) => `Error: The operation with identifier ${shown(p.operation)} does not exist.`,
  ),

  'bucket.absent': refuse<Bucket>(
    absent,
    (p) => `Error: The bucket with identifier ${shown(p.bucket)} does not exist.`,
  ),
  'bucket.exists': refuse<Bucket>(
    exists,
    (p) => `Error: The bucket with identifier ${shown(p.bucket)} already exists.`,
  ),
} as const
