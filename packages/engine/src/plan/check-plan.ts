import { EngineError } from '../errors.ts'
import type { BucketPlan, BuildPlan } from './build-plan.ts'
import { componentType } from './component-type.ts'

/** Longest description of a bucket, in bytes of UTF-8. */
const MAX_DESCRIPTION_BYTES = 255

/**
 * Checks what can be told from the plan alone.
 *
 * @throws EngineError `plan.invalid` with everything that is wrong in `details`
 */
export function checkPlan(plan: BuildPlan): void {
  const faults = [...bucketFaults(plan.bucket), ...sourceFaults(plan)]
  if (plan.fingerprint !== undefined && !isFingerprint(plan.fingerprint)) {
    faults.push(`fingerprint "${plan.fingerprint}": use 1 to 255 printable characters without blanks`)
  }
  if (faults.length === 0) return
  throw new EngineError('plan.invalid', `The build plan cannot be run: ${faults.join('; ')}.`, {
    details: faults,
  })
}

/** What is wrong with the bucket's name and description, by the rules that packer has for them. */
export function bucketFaults(bucket: BucketPlan): string[] {
  const faults: string[] = []
  if (!/^[a-zA-Z0-9-]{3,36}$/.test(bucket.name)) {
    faults.push(`bucket "${bucket.name}": use 3 to 36 letters, digits and dashes`)
  }
  const length = Buffer.byteLength(bucket.description ?? '')
  if (length > MAX_DESCRIPTION_BYTES) {
    faults.push(
      `the description of bucket "${bucket.name}" has ${length} bytes, ${MAX_DESCRIPTION_BYTES} are allowed`,
    )
  }
  return faults
}

function isFingerprint(text: string): boolean {
  return /^[\x21-\x7e]{1,255}$/.test(text)
}

function sourceFaults(plan: BuildPlan): string[] {
  if (plan.sources.length === 0) return ['it has no sources; name at least one']
  const faults = plan.sources
    .filter((source) => !/^[\w-]+$/.test(source.name))
    .map((source) => `source "${source.name}": name it with letters, digits, dashes and underscores`)
  const seen = new Set<string>()
  for (const component of plan.sources.map(componentType)) {
    if (seen.has(component)) faults.push(`two sources are called "${component}"; give each its own name`)
    seen.add(component)
  }
  return faults
}
