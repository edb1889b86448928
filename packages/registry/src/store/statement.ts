/** What a column may hold; both databases know these. */
export type Value = string | number | null

type Until<Text extends string, End extends string> = Text extends `${infer Before}${End}${string}`
  ? Before
  : Text
type Word<Text extends string> = Until<Until<Until<Until<Text, ' '>, ','>, ')'>, '\n'>

/** The names of the parameters in a text: `:bucket` names `bucket`. */
export type Names<Text extends string> = Text extends `${string}:${infer After}`
  ? Word<After> | Names<After>
  : never

/**
 * One SQL text with named parameters, in the SQL that both databases share. A driver prepares each statement once, so
 * statements are made when a module loads and never while it works.
 */
export interface Statement<Row, Name extends string> {
  /** The text between the parameters: one piece more than there are parameters. */
  readonly pieces: readonly string[]
  /** The parameters in the order of the text; a name may come twice. */
  readonly names: readonly Name[]
  /** Never set: it only tells the compiler what a row holds. */
  readonly '~row'?: Row
}

/** A statement whose rows have the given shape: `statement<{ id: string }>()('select id from buckets where name = :name')`. */
export function statement<Row>(): <Text extends string>(text: Text) => Statement<Row, Names<Text>> {
  return <Text extends string>(text: Text) => parse<Row, Names<Text>>(text)
}

function parse<Row, Name extends string>(text: string): Statement<Row, Name> {
  const parts = text.split(/:([a-zA-Z]+)/)
  return {
    pieces: parts.filter((_, index) => index % 2 === 0),
    names: parts.filter((_, index) => index % 2 === 1) as Name[],
  }
}

/** The values of a statement's parameters. */
export type Values<Name extends string> = { readonly [Key in Name]: Value }

/** A place where statements run: within one transaction. */
export interface Session {
  all<Row, Name extends string>(statement: Statement<Row, Name>, values: Values<Name>): Promise<Row[]>
  first<Row, Name extends string>(
    statement: Statement<Row, Name>,
    values: Values<Name>,
  ): Promise<Row | undefined>
  /** Runs a statement that changes rows; answers how many. */
  run<Name extends string>(statement: Statement<unknown, Name>, values: Values<Name>): Promise<number>
}
