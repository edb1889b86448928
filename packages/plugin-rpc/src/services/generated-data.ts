import type { GeneratedData } from '../components.ts'

/** Anything but flat data cannot be used in templates, and Packer stops at it; here it is left out. */
export function readGeneratedData(value: unknown): GeneratedData {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => ['string', 'number', 'boolean'].includes(typeof item)),
  )
}
