import { useParams } from "wouter";
import { ChoiceShown } from "~/ui/ChoiceShown";
import { TalkScreen } from "../features/conversations/TalkScreen";
import { ChartCard } from "../features/picture/ChartCard";
import { askWhy } from "./askWhy";

/** One talk at its address; beside the pupil's sheet stands the talent picture, and what the pupil shared of choosing. */
export default function TalkRoute() {
  const { conversationId = "" } = useParams<{ conversationId: string }>();
  return (
    <TalkScreen
      key={conversationId}
      id={conversationId}
      instead={askWhy}
      more={({ choices }) => choices.map((choice) => <ChoiceShown key={choice.id} choice={choice} />)}
      map={({ pupil, viewer, picture }) => picture && <ChartCard picture={{ pupil, viewer, ...picture }} />}
    />
  );
}
