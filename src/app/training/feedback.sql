-- What people said of a session, without saying who they are.

-- feedback_session :maybe args=feedback_code_arg row=feedback_session perm=public
SELECT s.id, s.reference, c.title AS course, s.held_on, s.state, s.feedback_until, s.places,
	(SELECT count(*) FROM attendance AS a WHERE a.session_id = s.id AND a.state <> 'apologies') AS people,
	(SELECT count(*) FROM feedback AS f WHERE f.session_id = s.id) AS answers
FROM session AS s
JOIN course AS c ON c.id = s.course_id
WHERE s.feedback_code = :code;

-- feedback_find :maybe args=id_arg row=id_row perm=public
SELECT id FROM feedback WHERE id = :id;

-- feedback_add :exec args=feedback perm=public
INSERT INTO feedback (id, session_id, submitted_on, understanding, confidence, knows_referral,
	knows_channel, would_act, trainer_quality, balance, comment)
VALUES (:id, :session_id, :submitted_on, :understanding, :confidence, :knows_referral,
	:knows_channel, :would_act, :trainer_quality, :balance, :comment)
ON CONFLICT (id) DO NOTHING;

-- feedback_totals :one args=session_arg row=feedback_totals perm=training_read
SELECT count(f.id) AS answers,
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
JOIN feedback AS f ON f.session_id = s.id
WHERE s.authority_id = :authority_id AND s.id = :session_id;

-- feedback_comments :many args=session_arg row=feedback_comment perm=training_deliver plan: temporary b-tree because one session's comments are put in the random order of their ids
SELECT f.id, f.comment
FROM session AS s
JOIN feedback AS f ON f.session_id = s.id
WHERE s.authority_id = :authority_id AND s.id = :session_id AND f.comment IS NOT NULL
ORDER BY f.id
LIMIT 500;
