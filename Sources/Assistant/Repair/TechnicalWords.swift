/// Technical words as recognisers tend to hear them, and as they are written.
enum TechnicalWords {
    /// What is heard stands for nothing else among people who plan software.
    static let terms: [String: String] = [
        "post gress": "Postgres", "post grass": "Postgres", "post gres": "Postgres", "post grez": "Postgres",
        "postgress": "Postgres", "postgres": "Postgres", "post gress sequel": "PostgreSQL",
        "postgres sequel": "PostgreSQL", "postgresql": "PostgreSQL", "my sequel": "MySQL", "sequel lite": "SQLite",
        "sequel light": "SQLite", "sequel ite": "SQLite", "sqlite": "SQLite", "s q lite": "SQLite",
        "s q l lite": "SQLite", "reddis": "Redis", "redis": "Redis", "mongo db": "MongoDB", "mongo d b": "MongoDB",
        "dynamo db": "DynamoDB", "dynamo d b": "DynamoDB", "duck db": "DuckDB", "click house": "ClickHouse",
        "elastic search": "Elasticsearch", "oh auth": "OAuth", "o auth": "OAuth", "oath two": "OAuth 2",
        "oauth": "OAuth", "jay dub tee": "JWT", "jot token": "JWT token",
        "kubernetes": "Kubernetes", "kuber netes": "Kubernetes", "cooper netties": "Kubernetes",
        "cooper nettys": "Kubernetes", "cube ernetes": "Kubernetes", "kuber net ease": "Kubernetes",
        "cube control": "kubectl", "cube cuttle": "kubectl", "cube c t l": "kubectl", "docker file": "Dockerfile",
        "docker compose": "Docker Compose", "terra form": "Terraform", "terraform": "Terraform",
        "type script": "TypeScript", "typescript": "TypeScript", "java script": "JavaScript",
        "javascript": "JavaScript", "node js": "Node.js", "node j s": "Node.js",
        "next js": "Next.js", "next j s": "Next.js", "vue js": "Vue.js", "swift u i": "SwiftUI",
        "swift ui": "SwiftUI", "x code": "Xcode", "pie torch": "PyTorch", "num pie": "NumPy", "pi test": "pytest",
        "pie test": "pytest", "pie pie eye": "PyPI", "fast a p i": "FastAPI", "fast api": "FastAPI",
        "jango": "Django", "git hub": "GitHub", "github": "GitHub", "git lab": "GitLab", "gitlab": "GitLab",
        "bit bucket": "Bitbucket", "dev ops": "DevOps", "web socket": "WebSocket", "web sockets": "WebSockets",
        "websocket": "WebSocket", "websockets": "WebSockets", "web hook": "webhook", "web hooks": "webhooks",
        "graph q l": "GraphQL", "graph ql": "GraphQL", "graph cue el": "GraphQL", "graphql": "GraphQL",
        "g r p c": "gRPC", "grpc": "gRPC", "proto buff": "Protobuf", "proto buf": "Protobuf",
        "prometheus": "Prometheus", "grafana": "Grafana",
        "engine x": "nginx", "n g i n x": "nginx", "rabbit m q": "RabbitMQ", "rabbit mq": "RabbitMQ",
        "cafka": "Kafka", "kafka": "Kafka", "local host": "localhost", "time stamp": "timestamp",
        "time stamps": "timestamps", "back end": "backend", "front end": "frontend", "data base": "database",
        "data bases": "databases", "code base": "codebase", "run time": "runtime", "name space": "namespace",
        "read me file": "README", "jason file": "JSON file", "jason schema": "JSON schema", "jason web": "JSON web",
        "jason api": "JSON API", "jason lines": "JSON lines", "jason payload": "JSON payload",
        "jason object": "JSON object", "yamel": "YAML", "yammel": "YAML", "yaml": "YAML", "pie thon": "Python",
        "system d": "systemd", "lib a sound": "libasound", "also lib": "alsa-lib",
        "opus enc": "opusenc", "whisper c p p": "whisper.cpp", "llama c p p": "llama.cpp", "oh llama": "Ollama",
        "ollama": "Ollama", "home brew": "Homebrew", "my py": "mypy", "es lint": "ESLint", "e s lint": "ESLint",
        "u u i d": "UUID", "you you id": "UUID",
    ]

    /// Words that are spelled.
    static let acronyms: Set<String> = [
        "API", "APIS", "HTTP", "HTTPS", "URL", "URI", "SQL", "CSV", "JSON", "XML", "PDF", "CSS", "HTML", "JWT", "SSH",
        "TLS", "SSL", "TCP", "UDP", "DNS", "CLI", "GUI", "UI", "UX", "CI", "CD", "ORM", "SDK", "IDE", "MVP", "SSE",
        "MCP", "LLM", "AI", "ML", "CPU", "GPU", "RAM", "AWS", "GCP", "DB", "OS", "VM", "VPN", "NAT", "CDN", "CRUD",
        "REST", "RPC", "SMS", "PR", "QA", "SLA", "SSO", "MFA", "TOTP", "RBAC", "CORS", "CSRF", "XSS", "UUID", "ID",
        "TTL", "RFC", "ALSA", "VAD", "TTS", "STT", "ASR", "AEC", "PCM", "WAV", "FFT", "ETL", "KPI", "CRM", "ERP",
        "SEO", "PHP", "NPM", "JS", "TS",
    ]
}
