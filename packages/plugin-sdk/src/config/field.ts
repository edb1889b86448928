import type { ConfigProblem } from './config-error.ts'

/** One check of a decoded value: says what is wrong, or nothing. */
type Rule = (value: never) => string | undefined

/** A check of fields that belong together, over all decoded values that stand beside each other. */
export type JointRule = (values: Readonly<Record<string, unknown>>) => readonly ConfigProblem[]

/** What a field says about itself, as data: decoding, HCL2 spec and documentation all read this. */
export interface FieldFacts {
  readonly kind: 'string' | 'number' | 'boolean' | 'duration' | 'list' | 'map' | 'block' | 'blocks'
  readonly required: boolean
  readonly fallback: unknown
  readonly sensitive: boolean
  readonly doc: string
  readonly formerNames: readonly string[]
  /** What to do instead of giving it; undefined unless it is on its way out. */
  readonly deprecated: string | undefined
  readonly verbatim: boolean
  readonly rules: readonly { readonly says: string; readonly check: Rule }[]
  /** Checks that look at the fields beside it too. */
  readonly jointRules: readonly JointRule[]
  /** Of a list or map. */
  readonly element?: Field
  /** Of a map: blocks that may stand in its place, each with one name and its value. */
  readonly pairs?: { readonly block: string; readonly key: string; readonly value: string }
  /** Of blocks: what they are called in templates, where that is not the field's name. */
  readonly blockName?: string
  /** Of a block. */
  readonly shape?: Shape
  readonly choices?: Choices
}

/** Which fields of a configuration or block exclude each other, by name. */
export interface Choices<Name extends string = string> {
  /** Of each of these sets, one may be given. */
  readonly atMostOne?: readonly (readonly Name[])[]
  /** Of each of these sets, one must be given. */
  readonly exactlyOne?: readonly (readonly Name[])[]
}

/** The fields of a configuration or block, by the name a template uses. */
export type Shape = Readonly<Record<string, Field>>

declare const valueType: unique symbol
declare const inputType: unique symbol
declare const presence: unique symbol

/** Type-level mark: the field must be given. */
export interface Required {
  readonly [presence]: 'required'
}
/** Type-level mark: the field always has a value. */
export interface Defaulted {
  readonly [presence]: 'defaulted'
}

/** A field of a configuration. Immutable: every method answers a new field. */
export class Field<Value = unknown, Input = unknown> {
  declare readonly [valueType]: Value
  declare readonly [inputType]: Input
  declare readonly [presence]: 'required' | 'defaulted' | 'optional'
  /** What was said of it so far. */
  readonly facts: FieldFacts

  constructor(facts: Partial<FieldFacts> & Pick<FieldFacts, 'kind'>) {
    this.facts = { ...plain, ...facts }
  }

  /** A template without it is refused. */
  required(): this & Required {
    return this.with({ required: true }) as this & Required
  }

  /** Its value where a template does not give one. */
  default(value: this[typeof inputType]): this & Defaulted {
    return this.with({ fallback: value }) as this & Defaulted
  }

  /** Its value is shown as `<sensitive>` in everything the plugin says or logs. */
  sensitive(): this {
    return this.with({ sensitive: true })
  }

  /** What it means, for the documentation; Markdown. */
  doc(text: string): this {
    return this.with({ doc: text })
  }

  /** Keeps accepting a name it had before, with a warning that says the new one. */
  formerly(...names: readonly string[]): this {
    return this.with({ formerNames: [...this.facts.formerNames, ...names] })
  }

  /** Still takes it, with a warning that says what to do instead. */
  deprecated(instead: string): this {
    return this.with({ deprecated: instead })
  }

  /** Leaves `{{ }}` as written, for the builder to fill in later with {@link renderTemplate}. */
  verbatim(): this {
    return this.with({ verbatim: true })
  }

  /** A check of your own: answer what is wrong, or nothing. `says` describes it in the documentation. */
  check(check: (value: Value) => string | undefined, says = ''): this {
    return this.with({ rules: [...this.facts.rules, { says, check: check as Rule }] })
  }

  /**
   * A check that looks at the fields beside it too: answers what is wrong, with paths that begin where the field
   * stands. It comes along where the field is spread into another configuration.
   */
  checkBeside(check: JointRule): this {
    return this.with({ jointRules: [...this.facts.jointRules, check] })
  }

  /** A check whose refusal says what the value must be, and where it can be shown what it is. */
  protected must(says: string, holds: (value: Value) => boolean, shown?: (value: Value) => string): this {
    const refusal = (value: Value) => `must be ${says}${shown ? `, not ${shown(value)}` : ''}`
    return this.check((value) => (holds(value) ? undefined : refusal(value)), says)
  }

  protected with(change: Partial<FieldFacts>): this {
    const Kind = this.constructor as new (facts: FieldFacts) => this
    return new Kind({ ...this.facts, ...change })
  }
}

const plain: Omit<FieldFacts, 'kind'> = {
  required: false,
  fallback: undefined,
  sensitive: false,
  doc: '',
  formerNames: [],
  deprecated: undefined,
  verbatim: false,
  rules: [],
  jointRules: [],
}

/** What the author's code gets of a field. */
export type ValueOf<F extends Field> = 'optional' extends F[typeof presence]
  ? F[typeof valueType] | undefined
  : F[typeof valueType]

/** What may be written for a field. */
export type InputOf<F extends Field> = F[typeof inputType]

/** The names of the fields that must be given. */
export type RequiredNames<S extends Shape> = {
  [Name in keyof S]: 'optional' extends S[Name][typeof presence]
    ? never
    : 'required' extends S[Name][typeof presence]
      ? Name
      : never
}[keyof S]

/** The decoded values of a shape. */
export type Values<S extends Shape> = { readonly [Name in keyof S]: ValueOf<S[Name]> }

/** What may be written for a shape: required fields must, all others may. */
export type Inputs<S extends Shape> = { readonly [Name in RequiredNames<S>]: InputOf<S[Name]> } & {
  readonly [Name in Exclude<keyof S, RequiredNames<S>>]?: InputOf<S[Name]> | undefined
}
