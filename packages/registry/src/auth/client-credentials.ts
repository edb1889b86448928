/** What a client says of itself at the token endpoint. */
export interface ClientCredentials {
  readonly id: string
  readonly secret: string
}

/**
 * Client id and secret from a Basic header, where Go's clients encode both as form values before base64, or from the form.
 * Nothing when neither holds both.
 */
export function clientCredentials(
  authorization: string | undefined,
  form: URLSearchParams,
): ClientCredentials | undefined {
  const basic = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(authorization ?? '')
  if (basic) return fromBasic(Buffer.from(basic[1]!, 'base64').toString())
  const [id, secret] = [form.get('client_id'), form.get('client_secret')]
  if (id && secret) return { id, secret }
}

function fromBasic(text: string): ClientCredentials | undefined {
  const colon = text.indexOf(':')
  if (colon < 0) return
  const id = formDecoded(text.slice(0, colon))
  const secret = formDecoded(text.slice(colon + 1))
  if (id && secret) return { id, secret }
}

/** A text that is no form value stands for itself: curl sends it unencoded. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}
