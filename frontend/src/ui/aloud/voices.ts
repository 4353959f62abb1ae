/** What we ask of a voice of the device. */
export type Voice = Pick<SpeechSynthesisVoice, "lang" | "localService" | "default">;

const primary = (language: string) => language.toLowerCase().split(/[-_]/)[0];

/**
 * The voice for a language. Only one that lives on the device: others send the text to a server elsewhere, and what a
 * pupil wrote stays here.
 */
export function voiceFor<V extends Voice>(voices: readonly V[], language: string): V | undefined {
  const fitting = voices.filter((voice) => voice.localService && primary(voice.lang) === primary(language));
  const exact = fitting.find(({ lang }) => lang.toLowerCase().replace("_", "-") === language.toLowerCase());
  return exact ?? fitting.find((voice) => voice.default) ?? fitting[0];
}

/** The languages among these for which the device has no voice. */
export function voiceless(voices: readonly Voice[], languages: Iterable<string>): string[] {
  return [...new Set(languages)].filter((language) => !voiceFor(voices, language));
}

const WAIT_MS = 1_500;

/** The voices of the device; some browsers know them only a moment after they were first asked. */
export async function voicesHere(): Promise<SpeechSynthesisVoice[]> {
  const { speechSynthesis } = globalThis;
  if (!speechSynthesis) return [];
  const known = speechSynthesis.getVoices();
  if (known.length > 0) return known;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, WAIT_MS);
    speechSynthesis.addEventListener?.(
      "voiceschanged",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
  return speechSynthesis.getVoices();
}
