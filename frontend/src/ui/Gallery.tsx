import { type ReactNode, useState } from "react";
import { activate, type Language } from "~/i18n";
import {
  ActionBar,
  Avatar,
  Button,
  Chip,
  ChoiceGrid,
  DateChoice,
  Dialog,
  Drawing,
  EmptyState,
  EntryCard,
  Erbij,
  ErrorState,
  Faces,
  type Feeling,
  FilterPills,
  Hero,
  Icon,
  IconButton,
  KINDS,
  KindLabel,
  LanguageSwitch,
  Loading,
  Logo,
  Mark,
  Note,
  PasswordField,
  QuestionCard,
  QuietButton,
  Rings,
  Route,
  StateBadge,
  Stepper,
  Stop,
  Stub,
  TabBar,
  TextArea,
  TextField,
  TideBar,
  TopBar,
  useToast,
  WORK_FIELDS,
  type WorkField,
  WorkFieldChip,
  WorkFieldPicks,
  YearHeading,
} from ".";
import { ICONS, type IconName } from "./icons";
import Recorder from "./Recorder";

const PLACES = [
  { to: "/gallery", label: "Begin", icon: "begin" },
  { to: "/wie-keek-er", label: "Wie keek er?", icon: "eye" },
  { to: "/ik", label: "Ik", icon: "me" },
] as const;
const ENTRY = { to: "#", state: "shared", ring: 1 } as const;

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="tp-stack">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Every component side by side, for those who build. Not part of the product. */
export default function Gallery() {
  const toast = useToast();
  const [kind, setKind] = useState<(typeof KINDS)[number]>("experience");
  const [feeling, setFeeling] = useState<Feeling | null>("nice");
  const [fields, setFields] = useState<WorkField[]>(["transport"]);
  const [filter, setFilter] = useState("all");
  const [day, setDay] = useState("2025-11-11");
  const [text, setText] = useState("Er werken ook vrouwen op de kraan. Ze zitten binnen met joysticks.");
  const [open, setOpen] = useState(false);
  const show = (language: Language) => void activate(language);
  return (
    <div className="tp-shell tp-shell--tabs">
      <TopBar
        items={PLACES}
        person={{ id: "y", name: "Yara Bensaïd", role: "2C · Kustlijn College", to: "#" }}
        action={<Erbij small to="#" />}
      />
      <main>
        <Hero>
          <div className="tp-bar">
            <Logo />
            <LanguageSwitch />
          </div>
          <div className="tp-stack">
            <div className="tp-stack" style={{ gap: "0.35rem" }}>
              <h1>Hoi Yara!</h1>
              <p className="tp-lead">Heb je iets gedaan, gezien of gemaakt?</p>
            </div>
            <Erbij to="#" />
          </div>
        </Hero>
        <div className="tp-page tp-stack" style={{ gap: "2rem" }}>
          <Stub
            label="Staat voor je klaar"
            title="Bedrijfsbezoek haven – nog invullen"
            when="Dinsdag was je daar met 2C. Wat zag je?"
            kind="experience"
            field="transport"
            action={
              <Button wide iconAfter="forward">
                Vul het in
              </Button>
            }
          />
          <div>
            <YearHeading id="year" title="Klas 2" detail="2025–2026 · Kustlijn College" />
            <Route labelledBy="year">
              <Stop kind="experience">
                <EntryCard
                  {...ENTRY}
                  size="large"
                  kind="experience"
                  title="Een dag mee bij Rijnders Techniek"
                  happenedOn="2025-11-12"
                  form="meeloopdag"
                  hours={6}
                  workFields={["techniek"]}
                  different
                  state="asked_back"
                  question={{
                    name: "Meneer Verhulst",
                    text: "Je schrijft dat je ‘zomaar’ de storing vond. Hoe deed je dat?",
                  }}
                  action={<Button look="secondary">Antwoord</Button>}
                />
              </Stop>
              <Stop kind="interview">
                <EntryCard
                  {...ENTRY}
                  size="text"
                  kind="interview"
                  title="Oom Karim werkt op de ambulance"
                  happenedOn="2025-10-28"
                  quote="Je moet vooral rustig blijven als een ander dat niet is."
                  workFields={["zorg"]}
                  state="seen"
                  ring={2}
                />
              </Stop>
              <Stop kind="work_sample">
                <EntryCard
                  {...ENTRY}
                  kind="work_sample"
                  title="Filmpje: van bon tot brood"
                  happenedOn="2025-10-03"
                  workFields={["horeca"]}
                  film
                  state="draft"
                  ring={0}
                />
              </Stop>
            </Route>
          </div>
          <Section title="Stappen">
            <Stepper steps={["Wat deed ik", "Laat zien", "Vertel"]} current={1} />
            <ChoiceGrid
              label="Wat deed je?"
              options={KINDS.map((value) => ({ value, label: value, sign: <Mark kind={value} /> }))}
              value={kind}
              onChange={setKind}
            />
            <DateChoice label="Wanneer?" value={day} onChange={setDay} />
            <WorkFieldPicks label="Wat voor werk zag je daar?" value={fields} onChange={setFields} />
            <Faces label="Hoe was het?" value={feeling} onChange={setFeeling} />
            <QuestionCard
              competency="Wat doen ze daar?"
              question="Wat klopte niet met jouw beeld vooraf?"
              value={text}
              onChange={setText}
              onSkip={() => {}}
              voice={<Recorder onRecorded={() => {}} />}
            />
            <QuietButton icon="question">Een andere vraag</QuietButton>
          </Section>
          <Section title="Bestanden">
            {(["running", "paused", "offline", "checking", "done", "refused"] as const).map((state) => (
              <TideBar
                key={state}
                name="Film op de loods"
                state={state}
                sent={24e6}
                total={38e6}
                refusal={
                  state === "refused"
                    ? "Dit soort bestand kan niet. Kies een foto, film, geluid of PDF."
                    : undefined
                }
                picture={<Drawing kind="experience" field="transport" />}
                onPause={() => {}}
                onResume={() => {}}
                onRemove={() => {}}
              />
            ))}
            <Note icon="check">
              <p>Je mag al verder. Dit gaat vanzelf door, ook als je de app dichtdoet.</p>
            </Note>
          </Section>
          <Section title="Velden">
            <TextField label="Hoe noem je het?" defaultValue="Bedrijfsbezoek haven" />
            <TextField
              label="Gebruikersnaam"
              hint="Die staat op je kaartje."
              error="Vul je gebruikersnaam in."
            />
            <PasswordField label="Wachtwoord" />
            <TextArea label="Vertel" hint="Een paar zinnen is genoeg." />
            <FilterPills
              label="Toon"
              value={filter}
              onChange={setFilter}
              options={[
                { value: "all", label: "Iedereen", count: 26 },
                { value: "shared", label: "Gedeeld", count: 17 },
                { value: "not", label: "Nog niet", count: 7 },
              ]}
            />
          </Section>
          <Section title="Woorden en tekens">
            <div className="tp-row">
              {KINDS.map((value) => (
                <KindLabel key={value} kind={value} />
              ))}
            </div>
            <div className="tp-row">
              {WORK_FIELDS.map((value) => (
                <WorkFieldChip key={value} field={value} />
              ))}
            </div>
            <div className="tp-row">
              {([0, 1, 2] as const).map((ring) => (
                <Rings key={ring} ring={ring} />
              ))}
            </div>
            <div className="tp-row">
              {(["draft", "shared", "asked_back", "seen", "archived", "trashed"] as const).map((state) => (
                <StateBadge key={state} state={state} />
              ))}
              <Chip icon="flag" tone="sun">
                anders dan ik dacht
              </Chip>
            </div>
            <div className="tp-row">
              {["Yara", "Joost Verhulst", "Şirin Öztürk", "Łukasz Nowak", "ياسمين"].map((name) => (
                <Avatar key={name} id={name} name={name} />
              ))}
            </div>
            <div className="tp-row">
              {(Object.keys(ICONS) as IconName[]).map((name) => (
                <Icon key={name} name={name} />
              ))}
            </div>
          </Section>
          <Section title="Tekeningen">
            <div className="tp-tiles">
              {WORK_FIELDS.map((field) => (
                <Drawing key={field} kind="experience" field={field} named />
              ))}
              {KINDS.map((value) => (
                <Drawing key={value} kind={value} named />
              ))}
            </div>
          </Section>
          <Section title="Toestanden">
            <EmptyState title="Nog leeg" action={<Button look="secondary">Kijk rond</Button>}>
              Nog niets. Dat kan nog.
            </EmptyState>
            <ErrorState error={null} onRetry={() => {}} />
            <Loading cards={1} />
            <div className="tp-row">
              <Button onClick={() => setOpen(true)}>Open een vel</Button>
              <Button look="secondary" onClick={() => toast({ text: "Weggegooid.", action: () => {} })}>
                Zeg iets
              </Button>
              <Button look="subtle">Overslaan</Button>
              <Button busy>Bewaar</Button>
              <IconButton icon="trash" label="Gooi weg" />
            </div>
            <div className="tp-row">
              {(["nl", "en", "ar"] as const).map((language) => (
                <QuietButton key={language} onClick={() => show(language)}>
                  {language}
                </QuietButton>
              ))}
            </div>
          </Section>
          <ActionBar>
            <Button look="subtle">Overslaan</Button>
            <Button iconAfter="forward">Verder</Button>
          </ActionBar>
        </div>
      </main>
      <TabBar items={PLACES} />
      <Dialog title="Wie ziet dit?" open={open} onClose={() => setOpen(false)}>
        <Rings ring={1} />
        <Button onClick={() => setOpen(false)}>Klaar</Button>
      </Dialog>
    </div>
  );
}
