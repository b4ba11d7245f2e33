-- What people said of a session, without saying who they are.

-- totals :part
count(f.id) AS answers,
	count(f.understanding) AS understanding,
	count(f.id) FILTER (WHERE f.understanding >= 4) AS understanding_agree,
	count(f.confidence) AS confidence,
	count(f.id) FILTER (WHERE f.confidence >= 4) AS confidence_agree,
	count(f.knows_referral) AS knows_referral,
	count(f.id) FILTER (WHERE f.knows_referral >= 4) AS knows_referral_agree,
	count(f.knows_channel) AS knows_channel,
	count(f.id) FILTER (WHERE f.knows_channel >= 4) AS knows_channel_agree,
	count(f.would_act) AS would_act,
	count(f.id) FILTER (WHERE f.would_act >= 4) AS would_act_agree,
	count(f.trainer_quality) AS trainer_quality,
	count(f.id) FILTER (WHERE f.trainer_quality >= 4) AS trainer_quality_agree,
	count(f.balance) AS balance,
	count(f.id) FILTER (WHERE f.balance >= 4) AS balance_agree
FROM session AS s
JOIN feedback AS f ON f.session_id = s.id;

-- The sessions whose forms are looked at together.
-- in_pool :part
s.authority_id = :authority_id AND s.held_on >= :from AND s.held_on <= :to
	AND s.state IN ('delivered', 'closed')
	AND (:course_id = 0 OR s.course_id = :course_id) AND (:trainer_id = 0 OR s.trainer_id = :trainer_id);

-- feedback_session :maybe args=feedback_code_arg row=feedback_session perm=public
SELECT s.id, s.reference, c.title AS course, s.held_on, s.state, s.feedback_until, s.places,
	(SELECT count(*) FROM attendance AS a
		WHERE a.session_id = s.id AND a.state IN ('booked', 'attended', 'part', 'no-show')) AS people,
	(SELECT count(*) FROM feedback AS f WHERE f.session_id = s.id) AS answers,
	v.id AS version_id, v.asks_confidence
FROM session AS s
JOIN course AS c ON c.id = s.course_id
JOIN course_version AS v ON v.course_id = s.course_id AND v.number = (SELECT max(w.number) FROM course_version AS w
	WHERE w.course_id = s.course_id AND (w.from_on IS NULL OR w.from_on <= s.held_on))
WHERE s.feedback_code = :code;

-- feedback_find :maybe args=id_arg row=id_row perm=public
SELECT id FROM feedback WHERE id = :id;

-- feedback_add :exec args=feedback perm=public
INSERT INTO feedback (id, session_id, submitted_on, understanding, confidence, knows_referral,
	knows_channel, would_act, trainer_quality, balance, confidence_before, confidence_after, comment)
VALUES (:id, :session_id, :submitted_on, :understanding, :confidence, :knows_referral,
	:knows_channel, :would_act, :trainer_quality, :balance, :confidence_before, :confidence_after, :comment)
ON CONFLICT (id) DO NOTHING;

-- feedback_totals :one args=session_arg row=feedback_totals perm=training_read
SELECT {{part totals}}
WHERE s.authority_id = :authority_id AND s.id = :session_id;

-- feedback_comments :many args=session_arg row=feedback_comment perm=training_deliver plan: temporary b-tree because one session's comments are put in the random order of their ids
SELECT f.id, f.comment
FROM session AS s
JOIN feedback AS f ON f.session_id = s.id
WHERE s.authority_id = :authority_id AND s.id = :session_id AND f.comment IS NOT NULL
ORDER BY f.id
LIMIT 500;

-- feedback_answer_add :exec args=feedback_answer perm=public
INSERT INTO feedback_answer (feedback_id, question_id, value, said)
VALUES (:feedback_id, :question_id, :value, :said)
ON CONFLICT (feedback_id, question_id) DO NOTHING;

-- feedback_own_totals :many args=own_args row=own_total perm=training_read plan: temporary b-tree because the answers to the few questions of one session are counted
SELECT q.id, q.number, q.kind, q.wording, count(f.id) AS answers,
	count(CASE WHEN f.id IS NOT NULL AND a.value >= 4 THEN 1 END) AS agree
FROM course_question AS q
LEFT JOIN feedback AS f ON f.session_id = :session_id
	AND EXISTS (SELECT 1 FROM feedback_answer AS b WHERE b.feedback_id = f.id AND b.question_id = q.id)
LEFT JOIN feedback_answer AS a ON a.feedback_id = f.id AND a.question_id = q.id
WHERE q.version_id = :version_id
GROUP BY q.id, q.number, q.kind, q.wording
ORDER BY q.number;

-- feedback_own_said :many args=own_args row=own_said perm=training_deliver plan: temporary b-tree because what one session said is put in the order of its letters, so that two answers of one form do not stand at one place
SELECT a.question_id, a.said
FROM feedback AS f
JOIN feedback_answer AS a ON a.feedback_id = f.id
WHERE f.session_id = :session_id AND a.said IS NOT NULL
ORDER BY a.question_id, a.said
LIMIT 1000;

-- feedback_confidence :many args=session_arg row=confidence_pair perm=training_read plan: temporary b-tree because the answers of one session are counted by what they say
SELECT f.confidence_before AS before, f.confidence_after AS after, count(*) AS n
FROM session AS s
JOIN feedback AS f ON f.session_id = s.id
WHERE s.authority_id = :authority_id AND s.id = :session_id
	AND f.confidence_before IS NOT NULL AND f.confidence_after IS NOT NULL
GROUP BY f.confidence_before, f.confidence_after;

-- feedback_pool_base :one args=pool_args row=pool_base perm=training_read
SELECT count(*) AS sessions, count(CASE WHEN x.answers >= :shown_from THEN 1 END) AS shown,
	CAST(coalesce(sum(x.answers), 0) AS BIGINT) AS answers, CAST(coalesce(sum(x.came), 0) AS BIGINT) AS came
FROM (
	SELECT (SELECT count(*) FROM feedback AS f WHERE f.session_id = s.id) AS answers,
		(SELECT count(*) FROM attendance AS a WHERE a.session_id = s.id AND a.state IN ('attended', 'part')) AS came
	FROM session AS s
	WHERE {{part in_pool}}
) AS x;

-- Of each statement the sessions that show it by themselves.
-- feedback_pool_totals :one args=pool_args row=feedback_totals perm=training_read plan: temporary b-tree because answers are counted by session first
SELECT CAST(coalesce(sum(x.answers) FILTER (WHERE x.answers >= :shown_from), 0) AS BIGINT) AS answers,
	CAST(coalesce(sum(x.understanding) FILTER (WHERE x.understanding >= :shown_from), 0) AS BIGINT) AS understanding,
	CAST(coalesce(sum(x.understanding_agree) FILTER (WHERE x.understanding >= :shown_from), 0) AS BIGINT) AS understanding_agree,
	CAST(coalesce(sum(x.confidence) FILTER (WHERE x.confidence >= :shown_from), 0) AS BIGINT) AS confidence,
	CAST(coalesce(sum(x.confidence_agree) FILTER (WHERE x.confidence >= :shown_from), 0) AS BIGINT) AS confidence_agree,
	CAST(coalesce(sum(x.knows_referral) FILTER (WHERE x.knows_referral >= :shown_from), 0) AS BIGINT) AS knows_referral,
	CAST(coalesce(sum(x.knows_referral_agree) FILTER (WHERE x.knows_referral >= :shown_from), 0) AS BIGINT) AS knows_referral_agree,
	CAST(coalesce(sum(x.knows_channel) FILTER (WHERE x.knows_channel >= :shown_from), 0) AS BIGINT) AS knows_channel,
	CAST(coalesce(sum(x.knows_channel_agree) FILTER (WHERE x.knows_channel >= :shown_from), 0) AS BIGINT) AS knows_channel_agree,
	CAST(coalesce(sum(x.would_act) FILTER (WHERE x.would_act >= :shown_from), 0) AS BIGINT) AS would_act,
	CAST(coalesce(sum(x.would_act_agree) FILTER (WHERE x.would_act >= :shown_from), 0) AS BIGINT) AS would_act_agree,
	CAST(coalesce(sum(x.trainer_quality) FILTER (WHERE x.trainer_quality >= :shown_from), 0) AS BIGINT) AS trainer_quality,
	CAST(coalesce(sum(x.trainer_quality_agree) FILTER (WHERE x.trainer_quality >= :shown_from), 0) AS BIGINT) AS trainer_quality_agree,
	CAST(coalesce(sum(x.balance) FILTER (WHERE x.balance >= :shown_from), 0) AS BIGINT) AS balance,
	CAST(coalesce(sum(x.balance_agree) FILTER (WHERE x.balance >= :shown_from), 0) AS BIGINT) AS balance_agree
FROM (
	SELECT {{part totals}}
	WHERE {{part in_pool}}
	GROUP BY s.id
) AS x;

-- feedback_pool_confidence :many args=pool_args row=confidence_pair perm=training_read plan: temporary b-tree because the answers of some sessions are counted by what they say
SELECT f.confidence_before AS before, f.confidence_after AS after, count(*) AS n
FROM session AS s
JOIN feedback AS f ON f.session_id = s.id
WHERE {{part in_pool}}
	AND f.confidence_before IS NOT NULL AND f.confidence_after IS NOT NULL
	AND (SELECT count(*) FROM feedback AS g WHERE g.session_id = s.id
		AND g.confidence_before IS NOT NULL AND g.confidence_after IS NOT NULL) >= :shown_from
GROUP BY f.confidence_before, f.confidence_after;
