import { DefinitionError } from '../errors/definition-error.ts'
import { checkDeclaration } from './choices.ts'
import type { Choices, Defaulted, Field, Inputs, Shape, Values } from './field.ts'
import {
  BlockField,
  type BlockOf,
  BlocksField,
  BooleanField,
  DurationField,
  ListField,
  MapField,
  NumberField,
  StringField,
} from './fields.ts'

/** A configuration, declared once: its type, HCL2 spec, defaults, messages and documentation follow from it. */
export interface ConfigSchema<S extends Shape = Shape> {
  readonly shape: S
  /** Which of its fields exclude each other. */
  readonly choices: Choices
}

/** What the author's code gets: the decoded configuration. */
export type ConfigOf<Schema extends ConfigSchema> = Values<Schema['shape']>

/** What a template may say, as plain data. */
export type ConfigInput<Schema extends ConfigSchema> = Inputs<Schema['shape']>

/**
 * Declares a configuration. The kinds of fields hang on the same name.
 *
 * @example
 * const settings = config({
 *   source: config.string().required().doc('Directory to pack.'),
 *   regions: config.list(config.string()).default(['local']),
 *   timeout: config.duration().default('5m'),
 * })
 *
 * @example
 * const iso = config({ url: config.string(), urls: config.list(config.string()) }, { exactlyOne: [['url', 'urls']] })
 */
export function config<S extends Shape>(shape: S, choices: Choices<keyof S & string> = {}): ConfigSchema<S> {
  checkDeclaration(shape, choices)
  return { shape, choices }
}

/** Text. */
config.string = (): StringField => new StringField({ kind: 'string' })

/** A number. */
config.number = (): NumberField => new NumberField({ kind: 'number' })

/** `true` or `false`. */
config.boolean = (): BooleanField => new BooleanField({ kind: 'boolean' })

/** A span of time, written as in Go (`1h30m`); the value is in milliseconds. */
config.duration = (): DurationField => new DurationField({ kind: 'duration' })

/** Several values of one kind: `regions = ["a", "b"]`. */
config.list = <E extends Field>(element: E): ListField<E> =>
  new ListField({ kind: 'list', element: noBlock(element, 'config.blocks') })

/** Values by name, text unless said otherwise: `labels = { os = "linux" }`. */
config.map = <E extends Field = StringField>(element?: E): MapField<E> =>
  new MapField({ kind: 'map', element: noBlock(element ?? config.string(), 'config.blocks with a name') })

/** A nested block that occurs at most once. One in which nothing is required is always there, with its defaults. */
config.block = <S extends Shape>(shape: S, choices: Choices<keyof S & string> = {}): BlockOf<S> =>
  new BlockField<S>({ kind: 'block', ...config(shape, choices) }) as BlockOf<S>

/** A nested block that may repeat; none is an empty list. */
config.blocks = <S extends Shape>(
  shape: S,
  choices: Choices<keyof S & string> = {},
): BlocksField<S> & Defaulted =>
  new BlocksField<S>({ kind: 'blocks', ...config(shape, choices) }) as BlocksField<S> & Defaulted

function noBlock<E extends Field>(element: E, instead: string): E {
  if (element.facts.shape) throw new DefinitionError(`Blocks are no elements: use ${instead}`)
  return element
}
