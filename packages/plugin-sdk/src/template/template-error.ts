/** A `{{ }}` template that cannot be read or filled in; the message says where and what to do. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}
