/** What a template is filled in with. */
export interface TemplateContext {
  /** `{{ .Name }}`. */
  readonly data?: Readonly<Record<string, unknown>>
  /** `{{ user "name" }}`. */
  readonly userVariables?: Readonly<Record<string, string>>
  /** `{{ build "ID" }}`; `unknown` where its variables are not known yet, undefined where there are none. */
  readonly build?: Readonly<Record<string, unknown>> | 'unknown'
  readonly buildName?: string
  readonly buildType?: string
  readonly packerVersion?: string
  readonly templatePath?: string
  /** The moment of `isotime` and `timestamp`; when the process started unless told. */
  readonly now?: Date
  /** More functions, by name. */
  readonly functions?: Readonly<Record<string, TemplateFunction>>
}

/** Takes what is written after its name, then what was piped into it. */
export type TemplateFunction = (...args: readonly unknown[]) => unknown
