import type { Client, EnforcedBlock, EnforcedBlockVersion } from '@ingot/client'
import { NotFoundError } from '../explain.ts'

/**
 * An enforced block by its name or id.
 *
 * @throws NotFoundError with those there are; ClientError
 */
export async function blockCalled(client: Client, name: string): Promise<EnforcedBlock> {
  const blocks = await client.enforcedBlocks.list()
  const found = blocks.find((block) => block.name === name) ?? blocks.find((block) => block.id === name)
  if (found) return found
  const known = blocks.map((block) => block.name).join(', ') || 'none'
  throw new NotFoundError(`There is no enforced block ${name}. There is ${known}.`)
}

/**
 * A version of a block as people call it, or the newest.
 *
 * @throws NotFoundError with those there are; ClientError
 */
export async function blockVersionCalled(
  client: Client,
  block: EnforcedBlock,
  label: string | undefined,
): Promise<EnforcedBlockVersion> {
  if (label === undefined && block.latest_version) return block.latest_version
  const versions = await client.enforcedBlocks.versions(block.id)
  const found = versions.find(({ version }) => version === label)
  if (found) return found
  const known = versions.map(({ version }) => version).join(', ') || 'none'
  throw new NotFoundError(
    `The enforced block ${block.name} has no version ${label ?? 'yet'}. It has ${known}.`,
  )
}
