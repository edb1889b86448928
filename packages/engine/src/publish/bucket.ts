import { type Bucket, type CallOptions, type Client, ClientError, GRPC } from '@ingot/client'
import type { BucketPlan } from '../plan/build-plan.ts'

/** Makes the bucket, or brings its description and labels up to what the plan says; what it does not say stays. */
export async function upsertBucket(client: Client, plan: BucketPlan, options: CallOptions): Promise<Bucket> {
  const found = await findBucket(client, plan.name, options)
  if (found) return differs(found, plan) ? update(client, found, plan, options) : found
  try {
    return await client.buckets.create({ ...wished(plan), name: plan.name }, options)
  } catch (error) {
    if (!isRefused(error, GRPC.alreadyExists)) throw error
    return client.buckets.get(plan.name, options)
  }
}

async function findBucket(client: Client, name: string, options: CallOptions): Promise<Bucket | undefined> {
  try {
    return await client.buckets.get(name, options)
  } catch (error) {
    if (!isRefused(error, GRPC.notFound)) throw error
    return undefined
  }
}

/** Whether the registry refused with that gRPC code. */
export function isRefused(error: unknown, grpc: number): error is ClientError {
  return error instanceof ClientError && error.refusedWith(grpc)
}

/** An update replaces both fields, so the one that the plan leaves open is sent as it is. */
function update(client: Client, found: Bucket, plan: BucketPlan, options: CallOptions): Promise<Bucket> {
  const { description, labels } = found
  const changes = { description, labels, ...wished(plan), platforms: null }
  return client.buckets.update(found.name, changes, { ...options, idempotent: true })
}

function wished({ description, labels }: BucketPlan) {
  return {
    ...(description === undefined ? {} : { description }),
    ...(labels === undefined ? {} : { labels }),
  }
}

function differs(found: Bucket, plan: BucketPlan): boolean {
  const { description = found.description, labels = found.labels } = plan
  return description !== found.description || !sameLabels(labels, found.labels)
}

function sameLabels(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  )
}
