import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { PackerVersion } from '../toolchain/programs.ts'
import { type BuildRequest, startBuild } from './build.ts'
import type { Outcome, RunningCommand } from './command.ts'
import { openWorkspace, type Workspace } from './workspace.ts'
import { world } from './world.ts'

/** What the lab's plugin is written in. */
export type Language = 'go' | 'typescript'

/** The templates of the lab, which say the same. */
export const labTemplates = ['lab.pkr.hcl', 'lab.json'] as const
export type LabTemplate = (typeof labTemplates)[number] | 'options.pkr.hcl' | 'options.json'

/** A user's machine with the lab's plugin on it, where packer publishes nothing. */
export function labWorkspace(version: PackerVersion, language: Language, template: LabTemplate): Workspace {
  const { file, plugins } = world().labs[language]
  // For JSON templates, 1.7 finds only what lies there without a version in its name.
  const isLoose = version.startsWith('1.7.') && template.endsWith('.json')
  const user = openWorkspace({
    version,
    access: { HCP_PACKER_REGISTRY: 'off' },
    ...(isLoose ? {} : { plugins }),
  })
  if (isLoose) cpSync(file, join(user.folder, 'plugins', 'packer-plugin-lab'))
  user.template(template)
  return user
}

export interface LabBuild extends Omit<BuildRequest, 'template'> {
  readonly template: LabTemplate
  readonly during?: During
}

/** How a run of packer ended, and what it left in the user's folder. */
export interface LabOutcome extends Outcome {
  readonly files: readonly string[]
  /** What is left where temporary files belong. */
  readonly temporary: readonly string[]
  /** Whether a process of it still runs. */
  readonly lives: boolean
}

/** What happens while packer builds. */
export type During = (running: RunningCommand, user: Workspace) => Promise<void>

export async function labBuild(
  version: PackerVersion,
  language: Language,
  { during, ...request }: LabBuild,
): Promise<LabOutcome> {
  using user = labWorkspace(version, language, request.template)
  await using running = startBuild(user, request)
  await during?.(running, user)
  return await outcome(running, user, request.template)
}

/** Runs another command of packer in the lab. */
export async function labCommand(
  version: PackerVersion,
  language: Language,
  { template, args, typed }: LabCommand,
): Promise<LabOutcome> {
  using user = labWorkspace(version, language, template)
  await using running = user.startPacker(args, typed === undefined ? {} : { input: 'pipe' })
  if (typed !== undefined) running.type(typed)
  return await outcome(running, user, template)
}

export interface LabCommand {
  readonly template: LabTemplate
  readonly args: readonly string[]
  readonly typed?: string
}

const machineFolders: readonly string[] = ['home', 'plugins', 'tmp']

async function outcome(running: RunningCommand, user: Workspace, template: LabTemplate): Promise<LabOutcome> {
  const { exitCode, output, stdout } = await running.done
  // What is killed takes a moment to be gone.
  for (let tries = 0; running.lives() && tries < 40; tries++) await setTimeout(50)
  const names = readdirSync(user.folder)
  return {
    ...{ exitCode, output, stdout },
    files: names.filter((name) => ![...machineFolders, template].includes(name)),
    temporary: readdirSync(join(user.folder, 'tmp')).filter((name) => name !== 'cache'),
    lives: running.lives(),
  }
}

/**
 * What the user has read of each build, in order, and of packer itself: builds run side by side and their lines mix.
 * Times are not compared.
 */
export function read(output: string): Readonly<Record<string, readonly string[]>> {
  const lines = output.replaceAll('\r', '').split('\n').map(timeless)
  return Object.groupBy(lines, buildOf) as Record<string, string[]>
}

/** The build that a line is about. */
function buildOf(line: string): string {
  const [, name = 'packer'] = /(?:lab-machine\.|\b)(one|two)\b(?= ?[:(,']|$)/.exec(line) ?? []
  return name
}

function timeless(line: string): string {
  const times = /(\d+ (?:minute|(?:milli|micro)?second)s? ?)+/g
  const stamps = /\d{4}-\d{2}-\d{2}T[\d:]+Z?|^\d{10}(?=,)/g
  return line
    .replace(times, '… ')
    .replace(stamps, '…')
    .replace(/ingot-io-\w+/g, 'folder')
    .replace(/ingot-io-\w+/g, 'folder')
    .trimEnd()
}
