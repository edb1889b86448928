import { type Labels, sameLabels } from './labels.ts'
import { descriptionLength } from './limits.ts'
import type { Refusal } from './refusal.ts'
import { checkLabels, checkName, checkText } from './text.ts'
import type { Instant } from './time.ts'

/** A named series of versions, one name per project. */
export interface Bucket {
  readonly id: string
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly labels: Labels
  /** How many versions it has, complete and incomplete. */
  readonly versionCount: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** What a publisher says of a bucket. */
export interface BucketWords {
  readonly description?: string
  readonly labels?: Labels
}

/** Refuses a bucket of that name and those words. */
export function checkBucket(name: string, words: BucketWords): Refusal | undefined {
  return checkName('name', name) ?? checkWords(words)
}

/** Refuses words that no bucket may carry. */
export function checkWords({ description = '', labels = {} }: BucketWords): Refusal | undefined {
  return checkText('description', description, descriptionLength) ?? checkLabels(labels)
}

/**
 * The bucket with the publisher's words. A word that is not there means an empty one as soon as the other is there, and
 * always when packer asks: packer sends all it wants, and drops what is empty. Another client that sends neither changes
 * nothing.
 */
export function reword(bucket: Bucket, words: BucketWords, sourceChannel: string, now: Instant): Bucket {
  const says = words.description !== undefined || words.labels !== undefined
  if (!says && !sourceChannel.startsWith('packer/')) return bucket
  const { description = '', labels = {} } = words
  if (description === bucket.description && sameLabels(labels, bucket.labels)) return bucket
  return { ...bucket, description, labels, updatedAt: now }
}
