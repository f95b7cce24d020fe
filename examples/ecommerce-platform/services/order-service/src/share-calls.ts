type Answers<Question, Answer> = ReadonlyMap<Question, Answer>;

interface Waiting<Question, Answer> {
  readonly questions: Set<Question>;
  readonly answers: Promise<Answers<Question, Answer>>;
}

/**
 * Lets callers share calls that answer many questions at once, but only calls that begin after they asked: whoever comes while a call is
 * under way waits for the next, so that no answer is older than its question. However many ask, one call is under way and one waits, each with
 * at most `most` questions; what does not fit in is asked at once. When the call under way fails, those who wait for the next fail with it:
 * they have waited as long, and the next would most likely fail too.
 */
export function shareCalls<Question, Answer>(
  call: (questions: readonly Question[]) => Promise<Answers<Question, Answer>>,
  most: number,
): (questions: readonly Question[]) => Promise<Answers<Question, Answer>> {
  let underWay: Promise<Answers<Question, Answer>> | undefined;
  let next: Waiting<Question, Answer> | undefined;

  function begin(questions: Iterable<Question>): Promise<Answers<Question, Answer>> {
    const current = call([...questions]);
    underWay = current;
    const leave = () => {
      if (underWay === current) underWay = undefined;
    };
    current.then(leave, leave);
    return current;
  }

  function wait(current: Promise<unknown>, questions: Set<Question>): Waiting<Question, Answer> {
    const leave = () => {
      next = undefined;
    };
    current.then(leave, leave);
    return { questions, answers: current.then(() => begin(questions)) };
  }

  return (asked) => {
    if (!underWay) return begin(new Set(asked));
    const questions = new Set([...(next?.questions ?? []), ...asked]);
    if (questions.size > most) return call([...new Set(asked)]);
    next ??= wait(underWay, new Set());
    for (const question of asked) next.questions.add(question);
    return next.answers;
  };
}
