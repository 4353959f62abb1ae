import { useState } from "react";
import { useT } from "~/i18n";
import { useFactorDue, useFinish, useWelcome } from "~/session";
import { AddFactor } from "./AddFactor";
import { Give } from "./Give";
import { HalfwayPage } from "./HalfwayPage";
import { RecoveryCodes } from "./RecoveryCodes";

/** After the password: the second step, or setting it up for who must have one. The address stays. */
export default function HalfwayScreen() {
  const t = useT();
  const due = useFactorDue();
  const welcome = useWelcome();
  if (!due) return null;
  if (due.due === "enrol") return <SetUp />;
  return (
    <HalfwayPage title={t("factor.title", { name: due.givenName })} lead={t("factor.lead")}>
      <Give ways={due.ways} onGiven={welcome} />
      <p className="tp-small tp-soft">{t("factor.lost")}</p>
    </HalfwayPage>
  );
}

function SetUp() {
  const t = useT();
  const finish = useFinish();
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes) {
    return (
      <HalfwayPage title={t("factor.codes.title")} lead={t("factor.codes.lead")} done>
        <RecoveryCodes codes={codes} onKept={finish} />
      </HalfwayPage>
    );
  }
  return (
    <HalfwayPage title={t("factor.enrol.title")} lead={t("factor.enrol.why")}>
      <AddFactor onAdded={(made) => setCodes(made.recoveryCodes ?? [])} />
    </HalfwayPage>
  );
}
