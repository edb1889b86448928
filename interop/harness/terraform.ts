import { spawnSync } from 'node:child_process'
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Outcome, startCommand } from './command.ts'
import { temporaryFolder } from './folder.ts'
import { unwrapped } from './output.ts'
import type { Access } from './registry.ts'

/** The provider that `INGOT_TF_PROVIDER` names: no registry of Go modules has it, so that it cannot be built here. */
const provider = process.env['INGOT_TF_PROVIDER']

/** Why there is nothing to drive; undefined where there is. */
export const withoutTerraform = reasonToSkip()

/** The provider with its release, which its published binaries have in their name: `terraform-provider-hcp_v0.114.0`. */
export const terraformProvider = `terraform-provider-hcp ${/_v(\d[\w.]*)/.exec(basename(provider ?? ''))?.[1] ?? 'of an unknown release'}`

/** A user of Terraform with one configuration, whose provider is pointed at a registry. */
export interface TerraformUser extends Disposable {
  /** Writes what the user has under `terraform` and `provider`. */
  write(configuration: string): void
  /** Runs a command of terraform; `env` comes on top of the variables of the registry. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Outcome>
  /** Applies the configuration, or throws with what terraform said. */
  apply(configuration: string): Promise<void>
  /** What a plan holds, each as `create hcp_packer_bucket.web`; nothing when the world is as written. */
  plan(): Promise<readonly string[]>
  /** What a command is refused with, in one line. */
  refusal(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>
  /** The attributes of everything in the state, by address. */
  state(): Promise<Readonly<Record<string, Attributes>>>
}

export type Attributes = Readonly<Record<string, unknown>>

const head = `terraform {
  required_providers {
    hcp = { source = "hashicorp/hcp" }
  }
}
`
const apply = ['apply', '-auto-approve'] as const

export function openTerraform(access: Access): TerraformUser {
  const temporary = temporaryFolder()
  const folder = temporary.path
  const settings = install(folder)
  const write = (configuration: string) => writeFileSync(join(folder, 'main.tf'), head + configuration)
  const run = async (args: readonly string[], env = {}) => {
    await using running = startCommand({
      file: 'terraform',
      args: [args[0]!, '-no-color', ...args.slice(1)],
      cwd: folder,
      env: { ...environment(folder), ...access, TF_CLI_CONFIG_FILE: settings, ...env },
      limit: 60_000,
    })
    return await running.done
  }
  const must = async (...args: readonly string[]) => {
    const { exitCode, output, stdout } = await run(args)
    if (exitCode !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${exitCode}:\n${output}`)
    return stdout
  }
  return {
    write,
    run,
    async apply(configuration) {
      write(configuration)
      await must(...apply)
    },
    async plan() {
      await must('plan', '-out=plan')
      return changesOf(JSON.parse(await must('show', '-json', 'plan')))
    },
    async refusal(args, env) {
      const { exitCode, output } = await run(args, env)
      if (exitCode !== 1) throw new Error(`terraform ${args.join(' ')} ended with ${exitCode}:\n${output}`)
      return unwrapped(output.replaceAll('│', ' '))
    },
    state: async () => attributesOf(JSON.parse(await must('show', '-json'))),
    [Symbol.dispose]: () => temporary[Symbol.dispose](),
  }
}

function reasonToSkip(): string | undefined {
  if (!provider) return 'INGOT_TF_PROVIDER names no binary of terraform-provider-hcp'
  return spawnSync('terraform', ['version']).status === 0 ? undefined : 'there is no "terraform" on the PATH'
}

/** Puts the provider where terraform takes it from without asking anybody. */
function install(folder: string): string {
  const plugins = join(folder, 'provider')
  for (const name of ['home', 'tmp', 'provider']) mkdirSync(join(folder, name))
  symlinkSync(realpathSync(provider!), join(plugins, 'terraform-provider-hcp'))
  const settings = join(folder, 'settings.tfrc')
  writeFileSync(
    settings,
    `provider_installation {\n  dev_overrides { "hashicorp/hcp" = "${plugins}" }\n  direct {}\n}\n`,
  )
  return settings
}

/** As for packer: nothing of this machine's user, and no address but this machine's. */
function environment(folder: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    CHECKPOINT_DISABLE: '1',
    HCP_SKIP_STATUS_CHECK: 'true',
    HTTP_PROXY: 'http://127.0.0.1:9',
    HTTPS_PROXY: 'http://127.0.0.1:9',
  }
}

interface Planned {
  readonly resource_changes?: readonly Change[]
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>
}

interface Change {
  readonly address: string
  readonly mode: 'managed' | 'data'
  readonly change: { readonly actions: readonly string[] }
}

function changesOf({ resource_changes = [], output_changes = {} }: Planned): string[] {
  const changes = resource_changes.filter(({ mode }) => mode === 'managed')
  const outputs = Object.entries(output_changes).map(([name, change]) => ({
    address: `output.${name}`,
    change,
  }))
  return [...changes, ...outputs]
    .filter(({ change }) => change.actions.some((action) => action !== 'no-op'))
    .map(({ address, change }) => `${change.actions.join(' and ')} ${address}`)
}

interface Shown {
  readonly values?: {
    readonly root_module: {
      readonly resources?: readonly { readonly address: string; readonly values: Attributes }[]
    }
  }
}

function attributesOf({ values }: Shown): Record<string, Attributes> {
  const resources = values?.root_module.resources ?? []
  return Object.fromEntries(resources.map((each) => [each.address, each.values]))
}
