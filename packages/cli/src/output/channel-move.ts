import type { Channel } from '@ingot/client'
import { versionWord } from './words.ts'

/** Where a channel points now, and where it pointed before. */
export function moveText(before: Pick<Channel, 'version'>, after: Channel): string {
  const name = `${after.bucket_name}: ${after.name}`
  const place = after.version ? `points at ${versionWord(after.version)}` : 'is empty'
  if (before.version?.id === after.version?.id) return `${name} ${place}, as before.`
  const was = before.version ? `was ${versionWord(before.version)}` : 'was empty'
  return after.version ? `${name} now ${place} (${was}).` : `${name} ${place} now (${was}).`
}
