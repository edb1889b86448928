import type { ConfigElement } from '@ingot/plugin-rpc'
import type { Secrets } from '../secrets/secrets.ts'
import type { TemplateContext } from '../template/context.ts'
import type { ConfigOf, ConfigSchema } from './config.ts'
import { ConfigError } from './config-error.ts'
import { type Decoding, decodeShape, mentionsUnknown } from './decode-field.ts'
import type { Shape } from './field.ts'
import { type PackerSettings, readPackerSettings } from './packer-settings.ts'
import { readsBuild, withoutPlaceholders } from './placeholders.ts'
import { isRecord, merge, own, plainElement, UNKNOWN_TEXT } from './plain.ts'

/** What the configurations of one call say. */
export interface Decoded<Schema extends ConfigSchema> {
  readonly config: ConfigOf<Schema>
  readonly packer: PackerSettings
  readonly warnings: readonly string[]
}

export interface DecodeOptions {
  /** Accepts the placeholders of `packer validate` in the place of values that pass the checks. */
  readonly placeholders: boolean
  /** Gets the values that must not show. */
  readonly secrets: Secrets
  /** The build's variables; `later` where there will be some, undefined where there never are. */
  readonly build?: BuildVariables | 'later'
}

/** What templates read as `build.NAME`. */
export type BuildVariables = Readonly<Record<string, unknown>>

/**
 * Decodes the configurations of a call, merged from left to right.
 * @throws ConfigError with everything that is wrong.
 */
export function decodeConfig<Schema extends ConfigSchema>(
  schema: Schema,
  elements: readonly ConfigElement[],
  options: DecodeOptions,
): Decoded<Schema> {
  const separated = withoutPlaceholders(elements)
  const merged = separated.elements.map(plainElement).reduce(merge, {})
  const raw = isRecord(merged) ? merged : {}
  const packer = readPackerSettings(raw)
  const mine = Object.fromEntries(Object.entries(raw).filter(([name]) => !isForPacker(name, schema.shape)))
  options.secrets.add(userSecrets(packer))
  const hcl = options.placeholders && elements.some((each) => each.kind === 'cty')
  const build = options.build === 'later' ? unknownBuild(separated.variables) : options.build
  const template = templateContext(packer, build)
  return { ...decodeValues(schema, mine, { ...options, hcl, template }), packer }
}

/** Every variable reads `<unknown>`: those that the host names, or any. */
function unknownBuild(variables: readonly string[] | undefined): TemplateContext['build'] {
  return variables ? Object.fromEntries(variables.map((name) => [name, UNKNOWN_TEXT])) : 'unknown'
}

export interface ValueOptions extends Omit<DecodeOptions, 'build'> {
  /** What `{{ }}` is filled in with; undefined leaves it as it is. */
  readonly template: TemplateContext | undefined
  /** Whether zeros may stand for numbers that are not known, so that a refusal must say so. */
  readonly hcl?: boolean
}

/**
 * Decodes plain data by a schema.
 * @throws ConfigError with everything that is wrong.
 */
export function decodeValues<Schema extends ConfigSchema>(
  schema: Schema,
  raw: Readonly<Record<string, unknown>>,
  options: ValueOptions,
): Omit<Decoded<Schema>, 'packer'> {
  const { userVariables } = options.template ?? {}
  const decoding: Decoding = {
    problems: [],
    warnings: [],
    secrets: options.secrets,
    template: options.template,
    placeholders: options.placeholders && (mentionsUnknown(raw) || readsBuild([raw, userVariables])),
    hcl: options.hcl ?? false,
  }
  const config = decodeShape(schema, raw, { path: '', decoding, sensitive: false })
  if (decoding.problems.length > 0) throw new ConfigError(decoding.problems)
  return { config: config as ConfigOf<Schema>, warnings: decoding.warnings }
}

/** The values of the variables that the template calls sensitive; only JSON templates tell them. */
function userSecrets({ sensitiveVariables, userVariables }: PackerSettings): string[] {
  return sensitiveVariables
    .map((name) => own(userVariables, name))
    .filter((value) => typeof value === 'string')
}

function isForPacker(name: string, shape: Shape): boolean {
  return (name === 'type' && !Object.hasOwn(shape, name)) || name.startsWith('packer_')
}

/** What a component's templates are filled in with. */
export function templateContext(packer: PackerSettings, build: TemplateContext['build']): TemplateContext {
  return {
    ...(build === undefined ? {} : { build }),
    userVariables: packer.userVariables,
    buildName: packer.buildName,
    buildType: packer.builderType,
    packerVersion: packer.coreVersion,
    ...(packer.templatePath === undefined ? {} : { templatePath: packer.templatePath }),
  }
}
