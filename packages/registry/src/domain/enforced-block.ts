import type { Labels } from './labels.ts'
import { descriptionLength, enforcedContentLength, enforcedNameLength } from './limits.ts'
import { Refusal } from './refusal.ts'
import { checkLabels, checkText } from './text.ts'
import type { Instant } from './time.ts'
import type { TemplateType } from './version.ts'

/** Provisioners that builds must run, under a name; one name per project. */
export interface EnforcedBlock {
  readonly id: string
  readonly projectId: string
  readonly name: string
  readonly labels: Labels
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** One text of a block, which never changes. */
export interface EnforcedBlockVersion {
  readonly id: string
  readonly blockId: string
  /** What people call it, for example `v1.0.0`; once per block. */
  readonly label: string
  readonly templateType: TemplateType
  /** Provisioner blocks in HCL, or JSON with the key `provisioners`. */
  readonly content: string
  readonly description: string
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** That builds of a bucket must run a version of a block; of each block one at a time. */
export interface EnforcedBlockLink {
  readonly id: string
  readonly bucketId: string
  readonly blockId: string
  readonly versionId: string
  readonly createdAt: Instant
}

/** What a user says of a version of a block. */
export interface EnforcedContent {
  readonly label: string
  readonly templateType: TemplateType
  readonly content: string
  readonly description: string
}

/** Refuses a block of that name with those labels. */
export function checkEnforcedBlock(name: string, labels: Labels): Refusal | undefined {
  return checkNamed('name', name) ?? checkLabels(labels)
}

/** Refuses a text that packer could not read in any build, which it would fail for. */
export function checkEnforcedContent(words: EnforcedContent): Refusal | undefined {
  const { label, templateType, content, description } = words
  return (
    checkNamed('version', label) ??
    checkDescription(description) ??
    checkText('block_content', content, enforcedContentLength) ??
    (content.trim() === '' ? new Refusal('enforced-block.empty', {}) : undefined) ??
    (templateType === 'json' ? checkJson(content) : undefined)
  )
}

export function checkDescription(description: string): Refusal | undefined {
  return checkText('additional_description', description, descriptionLength)
}

function checkNamed(field: string, value: string): Refusal | undefined {
  if (value === '') return new Refusal('name.malformed', { field, value, rule: 'there' })
  return checkText(field, value, enforcedNameLength)
}

function checkJson(content: string): Refusal | undefined {
  try {
    const value: unknown = JSON.parse(content)
    const { provisioners } = (value ?? {}) as { provisioners?: unknown }
    if (Array.isArray(provisioners)) return undefined
  } catch (error) {
    return new Refusal('enforced-block.json', {
      problem: String(error instanceof Error ? error.message : error),
    })
  }
  return new Refusal('enforced-block.json', { problem: 'it has no list "provisioners"' })
}
