import { createServer, type Server, type Socket } from "node:net";
import { expect } from "@playwright/test";
import { port } from "../playwright.config";

/** Where the product sends its mail, see product.ts. */
export const MAIL_PORT = port + 2;

interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** A mail server that keeps what it gets: enough of SMTP for one plain message after the other. */
export class Mailbox {
  readonly mails: Mail[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((socket) => this.serve(socket));
  }

  open(): Promise<void> {
    return new Promise((done) => this.server.listen(MAIL_PORT, "127.0.0.1", done));
  }

  close(): Promise<void> {
    return new Promise((done) => this.server.close(() => done()));
  }

  /** The next mail to this address, after those that were read before. */
  async next(to: string): Promise<Mail> {
    const find = () => this.mails.findIndex((mail) => mail.to === to);
    await expect.poll(find, { timeout: 30_000, message: `a mail to ${to}` }).toBeGreaterThanOrEqual(0);
    return this.mails.splice(find(), 1)[0] as Mail;
  }

  private serve(socket: Socket): void {
    let to = "";
    let waiting = "";
    let letter: string[] | null = null;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const hear = (line: string) => {
      if (letter) {
        if (line !== ".") return void letter.push(line.replace(/^\.\./u, "."));
        this.mails.push({ to, ...read(letter) });
        letter = null;
        return say("250 kept");
      }
      const word = line.slice(0, 4).toUpperCase();
      if (word === "RCPT") to = /<([^>]*)>/u.exec(line)?.[1] ?? "";
      if (word === "DATA") {
        letter = [];
        return say("354 go on");
      }
      say(word === "QUIT" ? "221 bye" : "250 fine");
      if (word === "QUIT") socket.end();
    };
    say("220 mailbox");
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => {
      waiting += data.toString("utf8");
      const lines = waiting.split("\r\n");
      waiting = lines.pop() ?? "";
      for (const line of lines) hear(line);
    });
  }
}

/** Subject and text of a message as Python's `email` writes them. */
function read(lines: readonly string[]): Omit<Mail, "to"> {
  const split = lines.indexOf("");
  const head = lines
    .slice(0, split)
    .join("\n")
    .replace(/\n[ \t]+/gu, " ");
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "imu").exec(head)?.[1] ?? "";
  const body = lines.slice(split + 1).join("\n");
  return { subject: words(field("Subject")), text: plain(body, field("Content-Transfer-Encoding")) };
}

function plain(body: string, encoding: string): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  return encoding === "quoted-printable" ? bytes(body.replace(/=\n/gu, "")) : body;
}

function bytes(quoted: string): string {
  const raw = quoted.replace(/=([0-9A-F]{2})/gu, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(raw, "latin1").toString("utf8");
}

/** `=?utf-8?q?…?=` and `=?utf-8?b?…?=`. */
function words(field: string): string {
  return field
    .replace(/\?=\s+=\?/gu, "?==?")
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/giu, (_, kind, text) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(text, "base64").toString("utf8")
        : bytes(text.replaceAll("_", " ")),
    );
}
