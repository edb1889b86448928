import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { bundlePlugin } from '../../bundle/bundle-plugin.ts'
import { installPlugin } from '../../install/install-plugin.ts'
import { findPacker, type PackerSearch } from './find-packer.ts'
import { readMachineReadable } from './machine-readable.ts'
import { packerEnvironment } from './packer-environment.ts'
import { PackerRun } from './packer-run.ts'
import { runProcess } from './run-process.ts'

/** What is tried with `packer`. */
export interface PackerOptions extends PackerSearch {
  /** Module that exports the plugin; `src/plugin.ts` unless told. It is bundled. */
  readonly entry?: string
  /** A bundle instead of an entry. */
  readonly file?: string
  /** As templates name it in `required_plugins`; `github.com/test/NAME` unless told. */
  readonly source?: string
  /** Variables of every run: a registry's, as `ingot env --json` prints them, a cloud's, a `HOME` of your own. */
  readonly variables?: Readonly<Record<string, string>>
}

/** One run. */
export interface PackerRunOptions {
  /** More arguments: `['-only', 'tarball-image.site']`. */
  readonly args?: readonly string[]
  /** The template's variables. */
  readonly vars?: Readonly<Record<string, string>>
  /** More variables of the environment; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Milliseconds after which it is ended, and fails; {@link PACKER_TIMEOUT} unless told. */
  readonly timeout?: number
}

/** How long one run of `packer` may take unless a test says otherwise, in milliseconds: five minutes. */
export const PACKER_TIMEOUT = 300_000

/**
 * A real `packer` on a machine of its own, with the plugin installed; disposing of it ends what runs and removes all.
 */
export interface InstalledPacker extends AsyncDisposable {
  /** `1.16.0` */
  readonly version: string
  /** Where it runs, and where texts of templates are written. */
  readonly folder: string
  /** Writes a file of the folder and says where it is. */
  write(name: string, content: string): string
  /** `packer build`. The template is a file, or a text in HCL or JSON: whatever has a brace or a line end. */
  build(template: string, options?: PackerRunOptions): Promise<PackerRun>
  /** `packer validate`. */
  validate(template: string, options?: PackerRunOptions): Promise<PackerRun>
  /** Any other command: `run(['plugins', 'installed'])`. */
  run(args: readonly string[], options?: PackerRunOptions): Promise<PackerRun>
}

/**
 * The real `packer` for an acceptance test: finds it on the PATH or by the variable `PACKER`, in the version that is
 * asked for (`1.16.0`, `>= 1.11.0`), bundles the plugin and installs it into a folder that is this test's alone.
 * @throws PackerTestError where there is no such `packer`: ask {@link packerMissing} before, to skip the test.
 * @throws BundleError or InstallError for a plugin that cannot be bundled or installed.
 *
 * @example
 * await using packer = await withPacker('>= 1.11.0')
 * const build = await packer.build(`
 *   source "tarball-image" "site" { source = "${import.meta.dirname}/fixtures" }
 *   build { sources = ["source.tarball-image.site"] }
 * `)
 * expect(build.succeeds().says('Packing').artifact().id).toMatch(/^sha256:/)
 */
export async function withPacker(version?: string, options: PackerOptions = {}): Promise<InstalledPacker> {
  const { entry = 'src/plugin.ts', variables = {} } = options
  const found = await findPacker(version, options)
  // A plugin's sockets lie below, whose paths hold some hundred characters.
  const folder = mkdtempSync(join(tmpdir(), 'ingot-acc-'))
  try {
    const { file, name } = options.file
      ? { file: resolve(options.file), name: undefined }
      : await bundlePlugin({ entry, outfile: `${folder}/bundle/` })
    const source = options.source ?? `github.com/test/${name ?? pluginName(file)}`
    await installPlugin({ file, source, pluginDir: join(folder, 'plugins') })
    return new PackerFolder({ ...found, folder, variables })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** Bundles are called `packer-plugin-NAME`. */
function pluginName(file: string): string {
  return /packer-plugin-([a-z0-9-]+)[^/\\]*$/.exec(file)?.[1] ?? 'plugin'
}

interface Facts {
  readonly file: string
  readonly version: string
  readonly folder: string
  readonly variables: Readonly<Record<string, string>>
}

class PackerFolder implements InstalledPacker {
  readonly version: string
  readonly folder: string
  readonly #facts: Facts
  readonly #over = new AbortController()
  readonly #running = new Set<Promise<unknown>>()
  #runs = 0

  constructor(facts: Facts) {
    this.#facts = facts
    this.version = facts.version
    this.folder = join(facts.folder, 'work')
    mkdirSync(this.folder)
  }

  write(name: string, content: string): string {
    const file = resolve(this.folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    return file
  }

  build(template: string, options: PackerRunOptions = {}): Promise<PackerRun> {
    return this.#withTemplate(['build', '-machine-readable'], template, options)
  }

  validate(template: string, options: PackerRunOptions = {}): Promise<PackerRun> {
    return this.#withTemplate(['validate', '-machine-readable'], template, options)
  }

  run(args: readonly string[], options: PackerRunOptions = {}): Promise<PackerRun> {
    const running = this.#run([...args, ...(options.args ?? [])], options)
    this.#running.add(running)
    return running.finally(() => this.#running.delete(running))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    await Promise.allSettled(this.#running)
    rmSync(this.#facts.folder, { recursive: true, force: true })
  }

  #withTemplate(command: readonly string[], template: string, options: PackerRunOptions): Promise<PackerRun> {
    const { args = [], vars = {}, ...rest } = options
    const values = Object.entries(vars).map(([name, value]) => `-var=${name}=${value}`)
    return this.run([...command, ...args, ...values, this.#templateFile(template)], rest)
  }

  #templateFile(template: string): string {
    if (!/[{\n]/.test(template)) return resolve(template)
    return this.write(template.trimStart().startsWith('{') ? 'template.json' : 'template.pkr.hcl', template)
  }

  async #run(args: readonly string[], { env = {}, timeout = PACKER_TIMEOUT }: PackerRunOptions) {
    const { folder, file, variables } = this.#facts
    const logFile = join(folder, `packer-${this.#runs++}.log`)
    const logging = { PACKER_LOG: '1', PACKER_LOG_PATH: logFile }
    const printed = await runProcess({
      file,
      args,
      cwd: this.folder,
      env: packerEnvironment(folder, { ...logging, ...variables, ...env }),
      timeout,
      signal: this.#over.signal,
    })
    const { text, ...told } = readMachineReadable(printed.stdout)
    const output = [text, printed.stderr].filter((part) => part !== '').join('\n')
    return new PackerRun({
      command: args.join(' '),
      exitCode: printed.exitCode,
      output,
      log: readFileSync(logFile, { encoding: 'utf8', flag: 'a+' }),
      ...told,
    })
  }
}
