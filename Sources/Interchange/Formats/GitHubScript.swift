/// A shell script (POSIX) that makes or brings up to date the issues of a plan with `gh`. Every value of the plan stands in
/// single quotes, in which a shell sees no sign but the closing one.
enum GitHubScript {
    static func text(_ file: GitHubIssues.File, _ plan: PlanFile) -> String {
        var lines = [head]
        lines += file.labels.map { "label \(quoted($0.name)) \(quoted($0.color))" }
        lines += file.milestones.map { "milestone \(quoted($0.title))" }
        let names = Dictionary(
            file.issues.enumerated().map { ($1.key, "i\($0 + 1)") }, uniquingKeysWith: { first, _ in first })
        for issue in file.issues {
            let key = "aloud:key=\(plan.key ?? "")/\(issue.key)"
            var words = ["issue", names[issue.key] ?? "", key, issue.hash, issue.title, issue.body].map(quoted)
            words[0] = "issue"
            words += issue.labels.map { quoted("--label=" + $0) }
            if let milestone = issue.milestone { words.append(quoted("--milestone=" + milestone)) }
            lines.append(words.joined(separator: " "))
        }
        for issue in file.issues {
            let name = names[issue.key] ?? ""
            lines += issue.assignees.map { "assign \(name) \(quoted($0))" }
            if let parent = issue.parent.flatMap({ names[$0] }) { lines.append("part \(name) \(parent)") }
            lines += issue.blockedBy.compactMap { names[$0] }.map { "blocked_by \(name) \($0)" }
            if let reason = issue.stateReason { lines.append("finish \(name) \(quoted(reason))") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// By bytes: a mark on an apostrophe must not hide it.
    static func quoted(_ text: String) -> String {
        var bytes = Array("'".utf8)
        for byte in text.utf8 { bytes += byte == 0x27 ? Array("'\\''".utf8) : [byte] }
        return String(decoding: bytes + Array("'".utf8), as: UTF8.self)
    }

    /// All issues are made before they are linked: links want the database ids of both. Between two creates a second goes
    /// by, which is what GitHub's limits allow.
    private static let head = #"""
        #!/bin/sh
        # Makes the issues of a plan, and run again brings them up to date: sh FILE OWNER/REPOSITORY
        # Needs gh (https://cli.github.com), logged in. An issue is found again by the marker in its first line.
        set -eu
        repo=${1:?"usage: sh $0 OWNER/REPOSITORY"}
        work=$(mktemp -d)
        trap 'rm -rf "$work"' EXIT

        label() { gh label create "$1" --repo "$repo" --color "$2" --force >&2; }

        milestone() {
            gh api --method POST "repos/$repo/milestones" --raw-field "title=$1" >/dev/null 2>&1 || :
        }

        # The number and the first line of the issue with the marker's key; fails when GitHub cannot be asked, so that
        # nothing is made twice.
        find_issue() {
            gh issue list --repo "$repo" --state all --limit 20 --search "\"$1\" in:body" --json number,body \
                --jq "map(select(.body | startswith(\"<!-- $1 hash=\"))) | .[:1][] | \"\\(.number) \\(.body | split(\"\\n\")[0])\""
        }

        # issue NAME KEY HASH TITLE BODY [OPTION...]
        issue() {
            name=$1 key=$2 hash=$3 title=$4 body=$5
            shift 5
            found=$(find_issue "$key")
            case $found in
            "")
                url=$(printf '%s' "$body" | gh issue create --repo "$repo" --title="$title" --body-file=- "$@")
                number=${url##*/}
                echo "made $number" >&2
                sleep "${ALOUD_PAUSE:-1}"
                ;;
            *"hash=$hash "*)
                number=${found%% *}
                ;;
            *)
                number=${found%% *}
                for option do
                    shift
                    case $option in --label=*) option=--add-${option#--} ;; esac
                    set -- "$@" "$option"
                done
                printf '%s' "$body" | gh issue edit "$number" --repo "$repo" --title="$title" --body-file=- "$@" >&2
                ;;
            esac
            printf '%s' "$number" >"$work/$name"
        }

        number() { cat "$work/$1"; }

        database_id() { gh api "repos/$repo/issues/$(number "$1")" --jq .id; }

        assign() {
            gh issue edit "$(number "$1")" --repo "$repo" --add-assignee="$2" >&2 ||
                echo "$(number "$1") could not be assigned" >&2
        }

        part() {
            gh api --method POST "repos/$repo/issues/$(number "$2")/sub_issues" \
                --field "sub_issue_id=$(database_id "$1")" >/dev/null ||
                echo "$(number "$1") is not made a part of $(number "$2"), or is one already" >&2
        }

        blocked_by() {
            gh api --method POST "repos/$repo/issues/$(number "$1")/dependencies/blocked_by" \
                --field "issue_id=$(database_id "$2")" >/dev/null ||
                echo "$(number "$1") is not made to wait for $(number "$2"), or does already" >&2
        }

        finish() {
            gh api --method PATCH "repos/$repo/issues/$(number "$1")" --raw-field state=closed \
                --raw-field "state_reason=$2" >/dev/null
        }

        """#
}
