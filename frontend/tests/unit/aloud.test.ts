import { describe, expect, it } from "vitest";
import { sentencesOf } from "../../src/ui/aloud/sentences";
import { voiceFor, voiceless } from "../../src/ui/aloud/voices";

const said = (text: string, language: string) => sentencesOf(text, language).map((sentence) => sentence.text);

describe("a text in sentences", () => {
  it("cuts Dutch where a sentence ends, and not in a number", () => {
    expect(said("Ik mat 3.5 meter. Daarna zaagden we! Leuk?", "nl")).toEqual([
      "Ik mat 3.5 meter.",
      "Daarna zaagden we!",
      "Leuk?",
    ]);
  });

  it("cuts Arabic, Turkish and Bulgarian in their own way", () => {
    expect(said("ماذا تعلمت؟ كان يومًا جميلًا.", "ar")).toEqual(["ماذا تعلمت؟", "كان يومًا جميلًا."]);
    expect(said("Küçükken ne olmak istiyordunuz? Sonra nasıl oldu?", "tr")).toHaveLength(2);
    expect(said("Какво не знаеше? Какво ще запомниш?", "bg")).toHaveLength(2);
  });

  it("knows where each stands, so that it can be shown", () => {
    const text = "  Eerst dit.  Dan dat. ";
    for (const { text: words, from, to } of sentencesOf(text, "nl")) expect(text.slice(from, to)).toBe(words);
  });

  it("says nothing of what is only signs", () => {
    expect(said(" … — 🙂 ", "nl")).toEqual([]);
    expect(said("", "nl")).toEqual([]);
  });

  it("cuts a very long sentence at a comma, and loses no word", () => {
    const long = `Ik zag ${"een hele lange rij boten, ".repeat(20)}en toen niets meer.`;
    const parts = sentencesOf(long, "nl");
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every(({ text }) => text.length <= 220)).toBe(true);
    expect(parts.map(({ text }) => text).join(" ")).toBe(long);
  });

  it("cuts what has no space at all", () => {
    expect(
      sentencesOf("a".repeat(1_000), "nl")
        .map(({ text }) => text)
        .join(""),
    ).toBe("a".repeat(1_000));
  });
});

describe("a voice", () => {
  const voice = (lang: string, localService = true, isDefault = false) => ({
    lang,
    localService,
    default: isDefault,
  });

  it("is one of the language of the text, the nearest first", () => {
    const voices = [voice("nl-BE"), voice("nl-NL"), voice("tr-TR")];
    expect(voiceFor(voices, "nl-NL")).toBe(voices[1]);
    expect(voiceFor(voices, "tr")).toBe(voices[2]);
    expect(voiceFor([voice("nl-BE"), voice("nl_NL", true, true)], "nl")?.lang).toBe("nl_NL");
  });

  it("never is one that sends the text elsewhere", () => {
    expect(voiceFor([voice("tr-TR", false)], "tr")).toBeUndefined();
  });

  it("is said to lack, each language once", () => {
    expect(voiceless([voice("nl-NL"), voice("ar-SA", false)], ["nl", "ar", "ar", "bg"])).toEqual([
      "ar",
      "bg",
    ]);
  });
});
