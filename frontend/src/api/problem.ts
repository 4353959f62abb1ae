/** One field that is not right: `pointer` is a JSON pointer into what was sent, `code` says why. */
export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
}

/** The person whom a refusal is about. */
export interface About {
  id: string;
  name: string;
  givenName: string;
}

/** An answer of the server that says no, as RFC 9457; `title` and `message` are in the reader's language. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly type: string;
  readonly title: string | undefined;
  readonly errors: readonly FieldError[];
  /** With `reason-needed`: the pupil whose page opens once it is said why. */
  readonly about: About | undefined;
  /** With `organisation-exists`: the one that is there. */
  readonly existing: string | undefined;
  /** Seconds, with 429 and 503. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    body: Partial<{
      type: string;
      title: string;
      detail: string;
      errors: FieldError[];
      about: About;
      existing: string;
    }>,
    retryAfter?: number,
  ) {
    super(body.detail ?? body.title ?? `${status}`);
    this.name = "ApiProblem";
    this.status = status;
    this.type = body.type ?? "about:blank";
    this.title = body.title;
    this.errors = body.errors ?? [];
    this.about = body.about;
    this.existing = body.existing;
    this.retryAfter = retryAfter;
  }

  /** What is wrong with the field at this pointer, if anything. */
  at(pointer: string): string | undefined {
    return this.errors.find((error) => error.pointer === pointer)?.detail;
  }
}

/** Reads a refusal, whatever its body. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body = await response.json().catch(() => ({}));
  const retryAfter = Number(response.headers.get("Retry-After")) || undefined;
  return new ApiProblem(response.status, typeof body === "object" && body ? body : {}, retryAfter);
}
