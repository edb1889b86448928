import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { UserError } from '../../explain.ts'

/** What a version of a block is made from. */
export interface ContentFlags {
  readonly file: string
  readonly description: string
}

/** Adds the options that say what a version of a block is made from. */
export function withContent(command: Command): Command {
  return command
    .requiredOption(
      '--file <file>',
      'provisioner blocks in HCL, or a legacy template with "provisioners" (.json)',
    )
    .option('--description <text>', 'of this version', '')
}

/** The content as the registry takes it; a file that ends in .json is a legacy template. */
export function contentOf({ file, description }: ContentFlags, version: string) {
  return {
    version,
    template_type: file.endsWith('.json') ? ('JSON' as const) : ('HCL2' as const),
    block_content: readText(file),
    additional_description: description,
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UserError(`${file} cannot be read (${reason}). Name the file with --file.`)
  }
}
