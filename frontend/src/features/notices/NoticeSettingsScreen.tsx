import { useT } from "~/i18n";
import { useMe } from "~/session";
import { ErrorState, Icon, Loading, Note, QuietLink, useToast } from "~/ui";
import { Mail } from "./Mail";
import { type Setting, useChoose, useSettings } from "./useNotices";
import "./notices.css";

/** Which kinds one wants to hear, in the app and by mail; and where the mail goes. */
export default function NoticeSettingsScreen() {
  const t = useT();
  const { isGuardian } = useMe();
  const settings = useSettings();
  return (
    <div className="tp-page tp-stack notices">
      <header className="tp-stack">
        <QuietLink to="/berichten" icon="back">
          {t("notices.title")}
        </QuietLink>
        <h1 tabIndex={-1}>{t("notices.set.title")}</h1>
        <p>{t("notices.set.intro")}</p>
      </header>
      {isGuardian && <Mail />}
      <Note icon="wait">
        <p>{t("notices.set.quiet")}</p>
      </Note>
      {settings.isPending && (settings.fetchStatus === "paused" ? <ErrorState error={null} /> : <Loading />)}
      {settings.isError && <ErrorState error={settings.error} onRetry={() => settings.refetch()} />}
      {settings.data && (
        <ul className="tp-card notices__kinds">
          {settings.data.map((setting) => (
            <li key={setting.kind}>
              <OneKind setting={setting} />
            </li>
          ))}
        </ul>
      )}
      {!isGuardian && <Mail />}
    </div>
  );
}

function OneKind({ setting }: { setting: Setting }) {
  const t = useT();
  const toast = useToast();
  const choose = useChoose();
  const kind = t(`notices.kind.${setting.kind}`);
  const turn = (where: "inApp" | "byMail") => {
    const before = setting[where];
    choose.mutate(
      { ...setting, [where]: !before },
      {
        onError: () => toast({ text: t("notices.failed") }),
        onSuccess: () =>
          toast({
            text: t("notices.set.saved", {
              on: before ? "no" : "yes",
              kind: t("notices.set.of", { kind, where: t(`notices.set.${where}`) }),
            }),
            action: () => choose.mutate({ ...setting, [where]: before }),
          }),
      },
    );
  };
  return (
    <fieldset className="notices__kind">
      <legend>{kind}</legend>
      <div className="notices__switches">
        {!setting.fixed && (
          <Check label={t("notices.set.inApp")} checked={setting.inApp} onChange={() => turn("inApp")} />
        )}
        <Check label={t("notices.set.byMail")} checked={setting.byMail} onChange={() => turn("byMail")} />
      </div>
      {setting.fixed && (
        <p className="tp-small tp-soft notices__fixed">
          <Icon name="lock" />
          {t("notices.set.fixed")}
        </p>
      )}
    </fieldset>
  );
}

function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange: () => void }) {
  return (
    <label className="notices__check">
      <input type="checkbox" checked={checked} onChange={onChange} />
      {label}
    </label>
  );
}
