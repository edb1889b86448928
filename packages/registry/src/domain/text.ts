import type { Labels } from './labels.ts'
import { fingerprintLength, labelKeyLength, labelsPerObject, labelValueLength, nameLength } from './limits.ts'
import { Refusal } from './refusal.ts'

/** Refuses a text that is too long, or that no database can hold. Length counts code points. */
export function checkText(field: string, text: string, limit: number): Refusal | undefined {
  if (text.length > limit && [...text.slice(0, 2 * limit + 1)].length > limit)
    return new Refusal('text.too-long', { field, limit })
  if (text.includes('\0') || !text.isWellFormed()) return new Refusal('text.unprintable', { field })
  return undefined
}

/** Refuses a name that no bucket or channel may have. */
export function checkName(field: string, value: string): Refusal | undefined {
  if (value.length <= nameLength.max && /^[a-zA-Z0-9-]{3,}$/.test(value)) return undefined
  const rule = `${nameLength.min} to ${nameLength.max} letters, digits and hyphens`
  return new Refusal('name.malformed', { field, value, rule })
}

/** Refuses a fingerprint that no version may have. */
export function checkFingerprint(value: string): Refusal | undefined {
  if (value.length <= fingerprintLength.max && /^[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9])?$/.test(value))
    return undefined
  const rule = `1 to ${fingerprintLength.max} letters, digits, "_", "." and "-", with a letter or digit at both ends`
  return new Refusal('name.malformed', { field: 'fingerprint', value, rule })
}

/** Refuses labels that are too many or too long. */
export function checkLabels(labels: Labels): Refusal | undefined {
  const pairs = Object.entries(labels)
  if (pairs.length > labelsPerObject)
    return new Refusal('list.too-long', { field: 'labels', limit: labelsPerObject })
  for (const [key, value] of pairs) {
    const refusal =
      checkText('A key of labels', key, labelKeyLength) ??
      checkText(`labels.${key.slice(0, labelKeyLength)}`, value, labelValueLength)
    if (refusal) return refusal
  }
  return undefined
}
